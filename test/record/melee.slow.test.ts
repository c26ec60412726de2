import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import { readJsonLines, writeJsonLines } from '../../src/record/json-lines.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { specHash } from '../../src/record/spec.ts';
import { REAL_DATA } from '../fixtures/real-data.ts';
import { bitsOf } from './any-set.ts';

const MELEE = `${REAL_DATA}/melee.jsonl.gz`;

describe('real recordings', () => {
  beforeEach(({ skip }) =>
    skip(!existsSync(MELEE), `${MELEE} is not there: name its folder in FORESIGHT_DATA`),
  );
  const read = () => readEpisodes(new Uint8Array(readFileSync(MELEE)), 'melee.jsonl.gz');

  it('are read whole', async () => {
    const { spec, episodes } = await read();
    expect(spec).toMatchObject({ name: 'melee', tickRate: 60, sampling: { kind: 'onChange' } });
    expect(spec.action.actions).toHaveLength(40);
    expect(spec.observation.fields.map(({ name }) => name).join(' ')).toBe(
      'x y facing opponentAheadX opponentDeltaY damage opponentDamage airborne opponentAirborne shield ' +
        'jumpsLeft opponentAction ticksSinceOpponentAction sameFacing stocks opponentStocks character opponent stage',
    );
    expect(spec.observation.fields.map(({ kind }) => kind[0]).join('')).toBe('nnnnnnnnnnncnnnncci');
    expect(episodes).toHaveLength(24);
    expect(episodes.reduce((sum, { length }) => sum + length, 0)).toBe(14_954);
    expect(new Set(episodes.map(({ session }) => session)).size).toBe(13);
    expect(episodes[0]).toMatchObject({
      id: '36e6298f8003:0',
      session: '36e6298f8003',
      character: '15',
      endTick: 19_118,
      meta: { source: 'hohav/peppi/benches/data/old_ver_thegang.slp', licence: 'MIT', cpu: false },
    });
  });

  it('hold the values of the file', async () => {
    const { spec, episodes } = await read();
    const [, ...lines] = gunzipSync(readFileSync(MELEE)).toString().trim().split('\n');
    const fields = spec.observation.fields.map(({ name }) => name);
    const index = (name: string): number => fields.indexOf(name);
    lines.forEach((line, i) => {
      const { steps, character, stage } = JSON.parse(line) as {
        steps: number[][];
        character: number;
        stage: number;
      };
      const { ticks, actions, columns } = episodes[i];
      expect(ticks.join()).toBe(steps.map((row) => row[0]).join());
      expect(actions.join()).toBe(steps.map((row) => row[1]).join());
      for (let column = 2; column < steps[0].length; column++)
        expect(columns[column - 2].join()).toBe(
          Float32Array.from(steps, (row) => row[column]).join(),
        );
      expect(new Set(columns[index('character')])).toEqual(new Set([character]));
      expect(new Set(columns[index('stage')])).toEqual(new Set([stage]));
    });
  });

  it('survive both formats', async () => {
    const set = await read();
    const bits = bitsOf(set);
    expect(bitsOf(decodeEpisodes(encodeEpisodes(set)))).toEqual(bits);
    expect(bitsOf(readJsonLines(writeJsonLines(set)))).toEqual(bits);
  });

  it('have the spec of any other file with that header', async () => {
    const { spec } = await read();
    const text = gunzipSync(readFileSync(MELEE)).toString();
    const few = text.split('\n').slice(0, 2).join('\n');
    expect(specHash(readJsonLines(few).spec)).toBe(specHash(spec));
  });
});
