import * as v from 'valibot';
import { ForesightError } from '../../util/error.ts';

const layerSchema = v.looseObject({
  class_name: v.string(),
  config: v.looseObject({ name: v.string() }),
  inbound_nodes: v.optional(v.array(v.unknown())),
});

const sequential = v.looseObject({
  class_name: v.literal('Sequential'),
  config: v.union([v.array(layerSchema), v.looseObject({ layers: v.array(layerSchema) })]),
});

const functional = v.looseObject({
  class_name: v.picklist(['Functional', 'Model']),
  config: v.looseObject({ layers: v.array(layerSchema) }),
});

const network = v.variant('class_name', [sequential, functional]);

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const modelSchema = v.looseObject({
  // A model that Keras saved has the network one level deeper.
  modelTopology: v.union([
    network,
    v.pipe(
      v.looseObject({ model_config: network }),
      v.transform(({ model_config: inner }) => inner),
    ),
  ]),
  weightsManifest: v.array(
    v.looseObject({
      paths: v.array(v.string()),
      weights: v.array(
        v.looseObject({
          name: v.string(),
          shape: v.array(size),
          dtype: v.string(),
          quantization: v.optional(v.unknown()),
        }),
      ),
    }),
  ),
  userDefinedMetadata: v.optional(v.unknown()),
});

/** The parts of a model.json that are read. */
export type LayersModelInput = v.InferOutput<typeof modelSchema>;

export interface ReadLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Checks the JSON of a model.json. Throws `corrupt-file`. */
export function parseLayersModel(json: unknown): LayersModelInput {
  const result = v.safeParse(modelSchema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ForesightError(
    'corrupt-file',
    `The model.json is not a tfjs layers model: "${v.getDotPath(issue) ?? 'modelTopology'}" is wrong (${issue.message}). Save it with tf.LayersModel.save, or convert it with tensorflowjs_converter.`,
  );
}

/** The layers of a model in which each takes the output of the one before. Throws `bad-data` for any other. */
export function layerChain({ modelTopology }: LayersModelInput): readonly ReadLayer[] {
  const { config } = modelTopology;
  const layers = Array.isArray(config) ? config : config.layers;
  if (modelTopology.class_name !== 'Sequential')
    layers.forEach(({ config: { name }, inbound_nodes: nodes = [] }, i) => {
      const inputs = i ? [[[layers[i - 1].config.name, 0, 0]]] : [];
      if (JSON.stringify(withoutArguments(nodes)) === JSON.stringify(inputs)) return;
      throw new ForesightError(
        'bad-data',
        `Layer "${name}" does not take the output of the layer before it. Only a chain of layers can be imported: one or more LSTM, then a Dense with softmax.`,
      );
    });
  return layers.map(({ class_name: className, config: own }) => ({
    className,
    name: own.name,
    config: own,
  }));
}

/** Connections as [[layer, 0, 0]], without their empty arguments. */
const withoutArguments = (nodes: readonly unknown[]): unknown =>
  nodes.map((node) =>
    Array.isArray(node)
      ? node.map((input: unknown) => (Array.isArray(input) ? input.slice(0, 3) : input))
      : node,
  );
