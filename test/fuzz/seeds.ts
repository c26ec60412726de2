import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { fitExperts } from '../../src/experts/expert-table.ts';
import { networkShape } from '../../src/model/build-shape.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { initialWeights } from '../../src/network/initial-weights.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../model/make-checkpoint.ts';
import { episodeAt, setOf } from '../record/fixtures.ts';
import { parquetSeeds } from './read-parquet.ts';
import type { ReaderName } from './readers.ts';

/** How the fuzzed CSV files are read. */
export const CSV_SPEC = {
  name: 'robot',
  tickRate: 10,
  fields: [
    'speed',
    { column: 'up', kind: 'boolean' },
    { column: 'room', kind: 'category', categories: ['hall', 'yard'] },
    { column: 'stage', kind: 'id' },
    { column: 'ray', kind: 'vector', length: 2 },
  ],
  action: { column: 'move', actions: ['left', 'right'] },
  tick: { column: 'time', unit: 'seconds' },
  session: 'run',
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonBytes = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value));

/** A small checkpoint with n-gram experts. */
function withExperts(): Checkpoint {
  const checkpoint = makeCheckpoint({ contexts: 2, units: 2, layers: 1 });
  const episodes = [randomEpisode(20, 5)];
  const { timeEdges } = checkpoint.statistics;
  const experts = fitExperts(SPEC, episodes, { contexts: 2, timeEdges });
  const model = { ...checkpoint.model, contexts: experts.plan.contexts.length };
  const shape = networkShape(model, SPEC, checkpoint.statistics);
  return { ...checkpoint, model, shape, experts, weights: initialWeights(shape, 1) };
}

const PLAIN = [
  '{"format":"episodes-jsonl/1","name":"fighter","tickRate":60,"actions":["jab","kick"],"columns":["tick","action","x","stage","rays"],"categorical":{"stage":"id 0-3","place":"id","rival":"actions"},"vectors":{"rays":2},"everyTicks":6}',
  '{"episode":"a1","game":"s1","character":"hero","place":4,"rival":1,"ticks":90,"won":true,"steps":[[0,1,4.5,3,[1,2]],[31,0,null,0,null]]}',
  '{"episode":7,"place":null,"rival":0,"note":{"deep":[1]},"steps":[]}',
];

/** Small valid files, the same at every run. */
export function seedsOf(reader: ReaderName): Uint8Array[] {
  const set = setOf(episodeAt('a', -3, 4, 4, 9), episodeAt('b'));
  switch (reader) {
    case 'binary':
      return [encodeEpisodes(set), encodeEpisodes(setOf())];
    case 'json-lines':
      return [bytesOf(writeJsonLines(set)), bytesOf(PLAIN.join('\n'))];
    case 'csv':
      return [
        bytesOf(
          'time,run,speed,up,room,stage,ray_0,ray_1,move\n0,a,1.5,true,hall,3,1,2,left\n0.1,a,,0,"yard",,3,,right\n0,b,2,1,hall,4,1,2,left\n',
        ),
      ];
    case 'csv-spec':
      return [jsonBytes(CSV_SPEC), jsonBytes({ ...CSV_SPEC, continuous: ['speed', 'ray'] })];
    case 'checkpoint': {
      const tiny = makeCheckpoint({ units: 2, embedding: 2, pieces: 2 });
      const expert = withExperts();
      return [
        serializeCheckpoint(tiny),
        serializeCheckpoint(tiny, { precision: 'int8' }),
        serializeCheckpoint(expert),
        serializeCheckpoint(expert, { precision: 'float16', packed: true }),
      ];
    }
    case 'safetensors':
      return [serializeCheckpoint(makeCheckpoint({ units: 2 }))];
    case 'parquet':
      return parquetSeeds();
    case 'config':
      return [
        jsonBytes({
          model: { cell: 'gru', units: 8, continuous: ['x'], contexts: 2 },
          training: {
            epochs: 3,
            windowLength: 16,
            optimizer: { kind: 'adam', beta1: 0.8 },
            learningRate: { kind: 'cosine', rate: 0.01, floor: 0.001 },
            lossWeights: { time: 0.5 },
          },
        }),
      ];
    default:
      return reader satisfies never;
  }
}
