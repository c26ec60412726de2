// ONNX files are protobuf messages. A library with the schema of ONNX takes 20 to 200 kB; all that has to be
// written here are whole numbers, texts and bytes, for which this is enough, in browsers too.

/** A value of a protobuf field: a whole number, a text, bytes, or a message of fields. */
export type FieldValue = number | string | Uint8Array | readonly Field[];

/** Field number and value. A repeated field comes several times. */
export type Field = readonly [number: number, value: FieldValue];

const VARINT = 0;
const BYTES = 2;

/** The bytes of a protobuf message: only whole numbers >= 0, texts, bytes and messages. */
export function encodeMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flatMap(([number, value]): readonly Uint8Array[] => {
    if (typeof value === 'number')
      return [Uint8Array.from([...varint(number * 8 + VARINT), ...varint(value)])];
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Uint8Array
          ? value
          : encodeMessage(value);
    return [Uint8Array.from([...varint(number * 8 + BYTES), ...varint(bytes.length)]), bytes];
  });
  const message = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  return message;
}

/** Seven bits to a byte, the lowest first; the highest bit is set when more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}
