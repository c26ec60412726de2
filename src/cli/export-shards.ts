import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../dataset/batch.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { Encoder } from '../dataset/encoder.ts';
import type { WindowDataset } from '../dataset/windows.ts';
import { serializeCheckpoint } from '../model/checkpoint-file.ts';
import { POPULATION_MODEL, populationTraining } from '../model/population.ts';
import { writeSafetensors } from '../model/safetensors.ts';
import type { Tensor } from '../model/safetensors.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { checkpointOf, prepareRun } from '../train/prepare.ts';
import { createRng } from '../util/rng.ts';
import { DEFAULT_SEED } from './common-options.ts';
import { csvConfig } from './csv-config.ts';
import { readRecordings, writeBytes } from './files.ts';
import type { ConfigFile } from '../model/resolve-config.ts';
import { splitForTest } from './split-for-test.ts';
import { stepsOf } from './table.ts';
import { requireEpisodes } from './training.ts';
import { UsageError } from './usage-error.ts';

export interface ShardsOptions {
  readonly out: string;
  readonly shards: number;
  readonly seed?: number;
  readonly csv?: CsvSpec;
  readonly config: ConfigFile;
  readonly testFraction: number;
}

export interface ShardsResult {
  readonly kind: 'shards';
  readonly out: string;
  readonly episodes: number;
  readonly steps: number;
  /** To learn from, and to choose the epoch by. */
  readonly windows: number;
  readonly shards: number;
  readonly bytes: number;
  readonly testSessions: readonly string[];
}

/** A file of windows. */
interface Shard {
  readonly file: string;
  readonly windows: number;
}

/**
 * Writes what cluster/ trains on: shards.json, start.safetensors (a model with its start weights), and the windows
 * of a training run, shuffled once and in files of equal size, encoded and with the experts' votes.
 */
export async function exportShards(
  paths: readonly string[],
  { out, shards, csv, testFraction, ...given }: ShardsOptions,
): Promise<ShardsResult> {
  const config = csvConfig(given.config, csv);
  const { spec, episodes } = await readRecordings(paths, csv);
  const seed = given.seed ?? config.training?.seed ?? DEFAULT_SEED;
  const last = csv?.split === 'time';
  const split = splitForTest(episodes, { fraction: testFraction, seed, last });
  requireEpisodes(split.train);
  const prepared = prepareRun({
    spec,
    episodes: split.train,
    model: { ...POPULATION_MODEL, ...config.model },
    training: { ...populationTraining(config.training), seed },
    files: paths,
  });
  const { statistics, shape, weights } = prepared;
  mkdirSync(out, { recursive: true });
  let bytes = 0;
  const write = (file: string, content: Uint8Array): void => {
    writeBytes(join(out, file), content);
    bytes += content.length;
  };
  const writeShards = (kind: string, data: WindowDataset | null): Shard[] => {
    if (!data) return [];
    if (data.count < shards)
      throw new UsageError(
        `There are ${data.count} windows (${kind}), fewer than ${shards} shards. Lower --shards, or give more episodes.`,
      );
    const rng = createRng(seed).fork(SHARDS);
    return Array.from(data.batches(Math.ceil(data.count / shards), rng), (batch, i) => {
      const file = `${kind}-${String(i).padStart(5, '0')}.safetensors`;
      write(file, shardFile(batch));
      return { file, windows: batch.batchSize };
    });
  };
  const train = writeShards('train', prepared.train);
  const heldOut = writeShards('held-out', prepared.heldOut);
  const metrics = { epochs: 0, loss: NaN };
  write(
    'start.safetensors',
    serializeCheckpoint(checkpointOf(prepared, { spec, weights, metrics })),
  );
  const { blocks } = new Encoder(spec, statistics).layout;
  const index = {
    format: 'phaser-foresight-shards/1',
    shape,
    // Action and duration are no fields.
    fields: blocks.slice(2).map(({ offset, width }) => [offset, width]),
    train,
    heldOut,
  };
  // Last, so that a folder without it is unfinished.
  write('shards.json', new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`));
  return {
    kind: 'shards',
    out,
    episodes: split.train.length,
    steps: stepsOf(split.train),
    windows: prepared.train.count + (prepared.heldOut?.count ?? 0),
    shards: train.length,
    bytes,
    testSessions: sessionsOf(split.heldOut),
  };
}

/** Windows as a safetensors file: the arrays of a batch, [windows, steps, ...]. */
export function shardFile(batch: Batch): Uint8Array {
  const { batchSize, windowLength } = batch;
  const places = batchSize * windowLength;
  const tensor = (name: string, data: Float32Array | Int32Array | undefined): Tensor[] =>
    data?.length ? [{ name, shape: [batchSize, windowLength, data.length / places], data }] : [];
  return writeSafetensors({
    tensors: [
      ...tensor('features', batch.features),
      ...tensor('actions', batch.actions),
      ...tensor('time_bins', batch.timeBins),
      ...tensor('values', batch.values),
      ...tensor('mask', batch.mask),
      ...tensor('experts', batch.experts),
      ...tensor('time_experts', batch.timeExperts),
    ],
    metadata: new Map(),
  });
}

/** The order of windows must not draw the same numbers as others that start from the run's seed. */
const SHARDS = 0x5a;
