import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDuel,
  hashState,
  packIntent,
  playReplay,
  ReplayRecorder,
  stepDuel,
  unpackIntent,
} from '../../../../demo/duel/rules/index.ts';
import type { Replay } from '../../../../demo/duel/rules/index.ts';
import { anyControls } from './random-play.ts';

describe('a replay', () => {
  it('reproduces a match to the bit, also through JSON', () => {
    const options = { introTicks: 5, roundTicks: 400, roundsToWin: 2 };
    fc.assert(
      fc.property(anyControls(100), (controls) => {
        const recorder = new ReplayRecorder(options);
        const state = createDuel(options);
        const hashes: string[] = [];
        for (const { intents, ticks } of controls)
          for (let tick = 0; tick < ticks; tick++) {
            recorder.add(intents);
            stepDuel(state, intents);
            hashes.push(hashState(state));
          }
        const stored = JSON.parse(JSON.stringify(recorder.replay())) as Replay;
        const again: string[] = [];
        expect(playReplay(stored, (now) => again.push(hashState(now)))).toEqual(state);
        expect(again).toEqual(hashes);
      }),
      { numRuns: 10 },
    );
  });

  it('packs every intent into 8 bits and back', () => {
    for (let bits = 0; bits < 256; bits++) expect(packIntent(unpackIntent(bits))).toBe(bits);
  });

  it('does not change when recording continues', () => {
    const recorder = new ReplayRecorder();
    recorder.add([unpackIntent(1), unpackIntent(2)]);
    const replay = recorder.replay();
    recorder.add([unpackIntent(1), unpackIntent(2)]);
    expect(replay.runs).toEqual([[1 | (2 << 8), 1]]);
    expect(recorder.replay().runs).toEqual([[1 | (2 << 8), 2]]);
  });
});
