import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { VOTE_STEP } from '../../src/cli/pack-window.ts';
import { readSafetensors } from '../../src/model/safetensors.ts';

/** Numbers of columns. */
export interface ShardWidths {
  readonly features: number;
  readonly values: number;
  readonly votes: number;
  readonly timeVotes: number;
}

/** A window of a shard; arrays are row-major, those of targets without the steps before. */
export interface ReadWindow {
  readonly length: number;
  readonly firstTarget: number;
  readonly features: readonly number[];
  readonly values: readonly number[];
  readonly actions: readonly number[];
  readonly votes: readonly number[];
  readonly timeVotes: readonly number[];
  readonly timeBins: readonly number[];
}

/** The windows of a file of `foresight export --shards`. */
export function readShard(path: string, widths: ShardWidths): ReadWindow[] {
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(path)), path);
  const data = (name: string) => tensors.find((tensor) => tensor.name === name)!.data;
  const [packed, table] = [data('data'), data('windows')];
  let at = 0;
  return Array.from({ length: table.length / 3 }, (_, window) => {
    const [length, firstTarget, bytes] = table.slice(3 * window, 3 * window + 3);
    const inflated = inflateSync(packed.subarray(at, (at += bytes)));
    const targets = length - firstTarget;
    let from = 0;
    const rows = (
      type: typeof Float32Array | typeof Uint16Array | typeof Uint8Array,
      width: number,
      count: number,
    ): number[] => {
      const end = from + width * count * type.BYTES_PER_ELEMENT;
      const columns = new type(new Uint8Array(inflated.subarray(from, end)).buffer);
      from = end;
      return Array.from(
        columns,
        (_value, i) => columns[(i % width) * count + Math.floor(i / width)],
      );
    };
    const vote = (code: number): number => -VOTE_STEP * code;
    const read = {
      length,
      firstTarget,
      features: rows(Float32Array, widths.features, length),
      values: rows(Float32Array, widths.values, targets),
      actions: rows(Uint16Array, 1, targets),
      votes: rows(Uint16Array, widths.votes, targets).map(vote),
      timeVotes: rows(Uint16Array, widths.timeVotes, targets).map(vote),
      timeBins: rows(Uint8Array, 1, targets),
    };
    if (from !== inflated.length) throw new Error(`${path} has ${inflated.length} and not ${from}`);
    return read;
  });
}
