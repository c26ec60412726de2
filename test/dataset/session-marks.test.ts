import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { sessionMarks } from '../../src/dataset/session-marks.ts';
import type { Episode } from '../../src/record/episode.ts';
import { category, defineSpec, id } from '../../src/record/spec.ts';

const SPEC = defineSpec({
  name: 'marks',
  observation: [category('fighter', ['a', 'b', 'c']), id('stage'), category('stance', ['x', 'y'])],
  action: ['left', 'right'],
});

/** Two steps in which only the stance changes, not the first two fields. */
const episode = (session: number, fighter: number, stage: number): Episode => ({
  id: `${session}:${fighter}`,
  session: String(session),
  character: 'someone',
  end: 'terminated',
  endTick: 20,
  learn: true,
  meta: {},
  length: 2,
  ticks: Int32Array.of(0, 10),
  actions: Uint16Array.of(0, 1),
  columns: [
    Float32Array.of(fighter, fighter),
    Float32Array.of(stage, stage),
    Float32Array.of(0, 1),
  ],
});

// Fighter a and stage 3 are in six sessions, fighter b and stage 9 in one of them each.
const EPISODES = [0, 1, 2, 3, 4, 5].flatMap((session) => [episode(session, 0, 3)]);
const WITH_MARKS = [...EPISODES, episode(5, 1, 9)];

describe('values that mark sessions', () => {
  it('never change within an episode and occur in few sessions', () => {
    expect(sessionMarks(WITH_MARKS, 0, 5)).toEqual(new Set([1]));
    expect(sessionMarks(WITH_MARKS, 1, 5)).toEqual(new Set([9]));
    expect(sessionMarks(WITH_MARKS, 0, 1)).toEqual(new Set());
  });

  it('do not exist in a field that changes within an episode', () => {
    expect(sessionMarks(WITH_MARKS, 2, 5)).toEqual(new Set());
  });

  it('are encoded as zeros, or as an unknown id', () => {
    const statistics = fitStatistics(SPEC, WITH_MARKS);
    const encoder = new Encoder(SPEC, statistics);
    const { offset } = encoder.layout.blocks.find(({ name }) => name === 'fighter')!;
    const stage = encoder.layout.blocks.find(({ name }) => name === 'stage')!;
    const first = (of: Episode) => encoder.encodeEpisode(of).subarray(0, encoder.width);
    const usual = first(EPISODES[0]);
    const marked = first(WITH_MARKS[6]);
    expect([...usual.subarray(offset, offset + 3)]).toEqual([1, 0, 0]);
    expect([...marked.subarray(offset, offset + 3)]).toEqual([0, 0, 0]);
    expect([...usual.subarray(stage.offset, stage.offset + stage.width)]).toEqual([1, 0]);
    expect([...marked.subarray(stage.offset, stage.offset + stage.width)]).toEqual([0, 1]);
  });
});
