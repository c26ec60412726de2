import { describe, expect, it } from 'vitest';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import { readJsonLines, writeJsonLines } from '../../src/record/json-lines.ts';
import { specHash } from '../../src/record/spec.ts';
import { inventedFights } from '../fixtures/invented-fights.ts';
import { bitsOf } from './any-set.ts';

describe('recordings of invented fights', () => {
  const text = inventedFights({ games: 3, steps: 60 });
  const [header, ...lines] = text.trim().split('\n');
  const set = readJsonLines(text);

  it('are the same each time', () => {
    expect(inventedFights({ games: 3, steps: 60 })).toBe(text);
    expect(inventedFights({ games: 3, steps: 60, seed: 2 })).not.toBe(text);
  });

  it('are read whole', () => {
    const { spec, episodes } = set;
    expect(spec).toMatchObject({ name: 'melee', tickRate: 60, sampling: { kind: 'onChange' } });
    expect(spec.action.actions).toHaveLength(40);
    expect(spec.observation.fields.map(({ name }) => name).join(' ')).toBe(
      'x y facing opponentAheadX opponentDeltaY damage opponentDamage airborne opponentAirborne shield ' +
        'jumpsLeft opponentAction ticksSinceOpponentAction sameFacing stocks opponentStocks character opponent stage',
    );
    expect(spec.observation.fields.map(({ kind }) => kind[0]).join('')).toBe('nnnnnnnnnnncnnnncci');
    expect(episodes).toHaveLength(6);
    expect(new Set(episodes.map(({ session }) => session)).size).toBe(3);
    for (const { length } of episodes) expect(length).toBeGreaterThanOrEqual(60);
    expect(episodes[0]).toMatchObject({
      id: 'invented-1:0',
      session: 'invented-1',
      meta: { source: 'invented', cpu: false },
    });
  });

  it('hold the values of the file', () => {
    const fields = set.spec.observation.fields.map(({ name }) => name);
    lines.forEach((line, i) => {
      const { steps, character, stage } = JSON.parse(line) as {
        steps: number[][];
        character: number;
        stage: number;
      };
      const { ticks, actions, columns } = set.episodes[i];
      expect([...ticks]).toEqual(steps.map((row) => row[0]));
      expect([...actions]).toEqual(steps.map((row) => row[1]));
      for (let column = 2; column < steps[0].length; column++)
        expect(columns[column - 2].join()).toBe(
          Float32Array.from(steps, (row) => row[column]).join(),
        );
      expect(new Set(columns[fields.indexOf('character')])).toEqual(new Set([character]));
      expect(new Set(columns[fields.indexOf('stage')])).toEqual(new Set([stage]));
    });
  });

  it('survive both formats', () => {
    const bits = bitsOf(set);
    expect(bitsOf(decodeEpisodes(encodeEpisodes(set)))).toEqual(bits);
    expect(bitsOf(readJsonLines(writeJsonLines(set)))).toEqual(bits);
  });

  it('have the spec of any other file with that header', () => {
    expect(specHash(readJsonLines(`${header}\n${lines[0]}`).spec)).toBe(specHash(set.spec));
  });
});
