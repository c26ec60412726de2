import { closeSync, openSync, writeSync } from 'node:fs';
import { binaryStart } from '../../../src/record/binary-format.ts';
import { columnsOf } from '../../../src/record/columns.ts';
import { packSteps } from '../../../src/record/pack-steps.ts';
import { boolean, category, defineSpec, id, number } from '../../../src/record/spec.ts';
import { crc32 } from '../../../src/util/crc32.ts';
import { createRng } from '../../../src/util/rng.ts';

const SPEC = defineSpec({
  name: 'invented',
  observation: [
    ...Array.from({ length: 14 }, (_, i) => number(`value_${i}`)),
    boolean('grounded'),
    boolean('facing'),
    category('own', ['a', 'b', 'c', 'd']),
    category('other', ['a', 'b', 'c', 'd']),
    id('stage'),
    id('item'),
  ],
  action: ['left', 'right', 'jump', 'strike', 'block'],
});

/** Of an episode: a minute at 60 Hz. */
const STEPS = 3600;
const COLUMNS = columnsOf(SPEC).length;
const EPISODE_BYTES = STEPS * (4 + 2 + 4 * COLUMNS);

/** Different episodes; then they come again, with other names, as inventing takes longer than what is measured. */
const DIFFERENT = 200;

/**
 * Writes invented play to one binary file: as many gigabytes (10^9 bytes) as given, a minute at 60 Hz in each episode,
 * 20 fields in each step. Numbers are random walks in hundredths.
 */
export function inventFile(path: string, gigabytes: number): void {
  const episodes = Array.from({ length: Math.ceil((gigabytes * 1e9) / EPISODE_BYTES) }, (_, i) => ({
    id: `episode-${i}`,
    session: `session-${i >> 2}`,
    character: 'hero',
    end: 'truncated' as const,
    endTick: STEPS,
    learn: true,
    meta: {},
    length: STEPS,
  }));
  const file = openSync(path, 'w');
  let crc = 0;
  const write = (bytes: Uint8Array): void => {
    crc = crc32(bytes, crc);
    writeSync(file, bytes);
  };
  write(binaryStart(SPEC, episodes).bytes);
  const packed = Array.from({ length: Math.min(DIFFERENT, episodes.length) }, inventSteps);
  for (const i of episodes.keys()) write(packed[i % packed.length]);
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, crc, true);
  writeSync(file, end);
  closeSync(file);
}

const rng = createRng(1);

/** The steps of an episode, packed as in the file. */
function inventSteps(): Uint8Array {
  const walk = (): Float32Array => {
    let at = 100 * rng.next();
    return Float32Array.from({ length: STEPS }, () => {
      at += rng.next() - 0.5;
      return Math.round(100 * at) / 100;
    });
  };
  const choice = (count: number): Float32Array => {
    let at = 0;
    return Float32Array.from({ length: STEPS }, () => {
      if (rng.next() < 0.05) at = rng.int(count);
      return at;
    });
  };
  const columns = columnsOf(SPEC).map(({ kind }) =>
    kind === 'number' ? walk() : choice(kind === 'boolean' ? 2 : 4),
  );
  return packSteps({
    length: STEPS,
    ticks: Int32Array.from({ length: STEPS }, (_unused, i) => i),
    actions: Uint16Array.from(choice(5)),
    columns,
  });
}
