/** Parses the value of a command's option, a whole number above 0. Throws for other text. */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} is "${text}". Give a whole number above 0.`);
}
