import { dirname, join } from 'node:path';
import { readLayersModel } from '../interchange/layers-model/read-layers-model.ts';
import { parseLayersModel } from '../interchange/layers-model/read-topology.ts';
import { serializeCheckpoint } from '../model/checkpoint-file.ts';
import { parameterLayout } from '../network/graph.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import {
  readBytes,
  readJson,
  readModel,
  requireOtherFile,
  requireWritable,
  writeBytes,
} from './files.ts';
import { byteSize, countOf } from './table.ts';

/** `foresight import-tfjs`. */
export const importTfjsCommand = command({
  name: 'import-tfjs',
  summary: 'make a model of a tfjs layers model',
  about: `
Makes a model of a tfjs layers model, saved by tf.LayersModel.save or by tensorflowjs_converter from Keras
2: one to three LSTM layers of equal size (tanh, sigmoid) and a Dense layer with softmax, one output for
each action. It predicts, trains on and is inspected like any other model.`,
  example: 'foresight import-tfjs model.json --like trained.safetensors --out imported.safetensors',
  positionals: { model: { about: 'a model.json, with its weights next to it' } },
  options: {
    like: {
      kind: 'text',
      value: 'model',
      otherwise: 'what the file itself states, when export-tfjs made it',
      help: 'a model whose spec and statistics apply: what the inputs and outputs mean',
    },
    out: { kind: 'text', value: 'file', required: true, help: 'where to save the model' },
    json: COMMON_OPTIONS.json,
  },

  run({ model, options: { like, out } }) {
    requireOtherFile(out, [model, ...(like ? [like] : [])]);
    requireWritable(out);
    const json = readJson(model, 'bad-data');
    const paths = parseLayersModel(json).weightsManifest.flatMap((group) => group.paths);
    const weights = Buffer.concat(paths.map((path) => readBytes(join(dirname(model), path))));
    const checkpoint = readLayersModel({ json, weights }, like ? readModel(like) : undefined);
    const bytes = serializeCheckpoint(checkpoint);
    writeBytes(out, bytes);
    const { layers, units } = checkpoint.shape;
    const parameters = parameterLayout(checkpoint.shape).length;
    return {
      model,
      out,
      spec: checkpoint.spec.name,
      layers,
      units,
      parameters,
      bytes: bytes.length,
    };
  },
  text: ({ out, spec, layers, units, parameters, bytes }) =>
    `Saved ${out}: a model of "${spec}", ${countOf(layers, 'layer')} of ${units} LSTM units, ${parameters.toLocaleString('en')} weights, ${byteSize(bytes)}.`,
});
