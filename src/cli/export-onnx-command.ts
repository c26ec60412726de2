import { leftOut } from '../interchange/without-experts.ts';
import { writeOnnx } from '../interchange/onnx/write-onnx.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { readModel, requireOtherFile, requireWritable, writeBytes } from './files.ts';
import { byteSize } from './table.ts';

/** `foresight export-onnx`. */
export const exportOnnxCommand = command({
  name: 'export-onnx',
  summary: 'save its network for ONNX runtimes',
  about: `
Saves one step of the model's network as an ONNX file, for programs in Python, C#, C++, Rust and others.
Its metadata say how a step becomes the network's input. The n-gram experts are left out, which makes
predictions less accurate; see docs/interchange.md.`,
  example: 'foresight export-onnx model.safetensors --out model.onnx',
  positionals: { model: { about: 'a model' } },
  options: {
    out: { kind: 'text', value: 'file', otherwise: '<model>.onnx', help: 'where to save it' },
    json: COMMON_OPTIONS.json,
  },

  run({ model, options }) {
    const out = options.out ?? `${model.replace(/\.safetensors$/, '')}.onnx`;
    requireOtherFile(out, [model]);
    requireWritable(out);
    const checkpoint = readModel(model);
    const bytes = writeOnnx(checkpoint);
    writeBytes(out, bytes);
    return { model, out, bytes: bytes.length, leftOut: leftOut(checkpoint) };
  },
  text: ({ out, bytes, leftOut: missing }) =>
    [`Saved ${out}: one step of the network, ${byteSize(bytes)}.`, missing]
      .filter(Boolean)
      .join('\n'),
});
