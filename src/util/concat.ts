/** Concatenates typed arrays into a new one. For an empty list the result is an empty `Type`. */
export function concat<T extends Float32Array | Int32Array | Uint16Array | Uint8Array>(
  parts: readonly T[],
  Type: new (length: number) => T,
): T {
  const all = new Type(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
