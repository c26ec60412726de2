/** Why an engine could not be measured, in one line. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `not measured: ${text.replace(/^page\.evaluate: (\w*Error: )?/, '').split('\n')[0]}`;
}
