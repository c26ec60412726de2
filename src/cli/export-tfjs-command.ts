import { basename } from 'node:path';
import { writeLayersModel } from '../interchange/layers-model/write-layers-model.ts';
import { leftOut } from '../interchange/without-experts.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { readModel, requireOtherFile, requireWritable, writeBytes } from './files.ts';
import { byteSize } from './table.ts';

/** `foresight export-tfjs`. */
export const exportTfjsCommand = command({
  name: 'export-tfjs',
  summary: 'save its network as a tfjs layers model',
  about: `
Saves the model's network as a layers model, which tf.loadLayersModel opens: a JSON file, and its weights
in a .bin file next to it. Its input is the features of whole episodes. The n-gram experts are left out,
which makes predictions less accurate; see docs/interchange.md. A GRU cannot be saved so.`,
  example: 'foresight export-tfjs model.safetensors --out model.json',
  positionals: { model: { about: 'a model' } },
  options: {
    out: {
      kind: 'text',
      value: 'file.json',
      otherwise: '<model>.json',
      help: 'where to save it. Its weights get the same name with .weights.bin',
    },
    json: COMMON_OPTIONS.json,
  },

  run({ model, options }) {
    const out = options.out ?? `${model.replace(/\.safetensors$/, '')}.json`;
    const weightsOut = `${out.replace(/\.json$/, '')}.weights.bin`;
    for (const path of [out, weightsOut]) {
      requireOtherFile(path, [model]);
      requireWritable(path);
    }
    const checkpoint = readModel(model);
    const files = writeLayersModel(checkpoint, { weightsPath: basename(weightsOut) });
    const json = new TextEncoder().encode(JSON.stringify(files.json));
    writeBytes(weightsOut, files.weights);
    writeBytes(out, json);
    const bytes = json.length + files.weights.length;
    return { model, out, weights: weightsOut, bytes, leftOut: leftOut(checkpoint) };
  },
  text: ({ out, weights, bytes, leftOut: missing }) =>
    [`Saved ${out} and ${weights}: a tfjs layers model, ${byteSize(bytes)}.`, missing]
      .filter(Boolean)
      .join('\n'),
});
