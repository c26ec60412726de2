/** The fields of a protobuf message, by number: whole numbers, or bytes. */
export function readMessage(bytes: Uint8Array): ReadonlyMap<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    const isBytes = key % 8 === 2;
    const content = isBytes ? bytes.subarray(at, (at += value)) : value;
    const number = Math.floor(key / 8);
    fields.set(number, [...(fields.get(number) ?? []), content]);
  }
  return fields;
}

/** The metadata of an ONNX file: field 14 of its model, each a key (1) and a value (2). */
export function onnxMetadata(model: Uint8Array): ReadonlyMap<string, string> {
  const text = (bytes: number | Uint8Array): string =>
    new TextDecoder().decode(bytes as Uint8Array);
  return new Map(
    (readMessage(model).get(14) ?? []).map((entry) => {
      const fields = readMessage(entry as Uint8Array);
      return [text(fields.get(1)![0]), text(fields.get(2)![0])] as const;
    }),
  );
}
