import { describe, expect, it } from 'vitest';
import { makeReplayFile, parseReplayFile } from '../../../../demo/duel/replays/replay-file.ts';
import type { ReplayFile } from '../../../../demo/duel/replays/replay-file.ts';
import { ReplayPlayer } from '../../../../demo/duel/replays/replay-player.ts';
import { ReplayShelf, SHELF_KEY } from '../../../../demo/duel/replays/replay-shelf.ts';
import {
  createDuel,
  hashState,
  playReplay,
  ReplayRecorder,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { ForesightError } from '../../../../src/core.ts';
import { FakeStorage } from '../fake-storage.ts';

/** A short duel of two scripted players. */
function duel(seed: number, ticks = 900): ReplayFile {
  const options = { roundsToWin: 1, roundTicks: 600 };
  const [left, right] = [STYLES[2].create(seed), STYLES[4].create(seed + 1)];
  const state = createDuel(options);
  const recorder = new ReplayRecorder(options);
  while (state.phase !== 'over' && state.tick < ticks) {
    const intents = [left(state, 0), right(state, 1)] as const;
    recorder.add(intents);
    stepDuel(state, intents);
  }
  const about = { savedAt: '2026-01-02T03:04:05.000Z', names: ['You', 'Rival'] } as const;
  const file = makeReplayFile(recorder.replay(), about);
  expect(file.hash).toBe(hashState(state));
  return file;
}

const FILE = duel(1);

describe('replay files', () => {
  it('are read back unchanged, and play to the same bit', () => {
    const read = parseReplayFile(JSON.stringify(FILE));
    expect(read).toEqual(FILE);
    expect(hashState(playReplay(read.replay))).toBe(FILE.hash);
  });

  const changed = (changes: object): string => JSON.stringify({ ...FILE, ...changes });
  const replay = (changes: object): string => changed({ replay: { ...FILE.replay, ...changes } });

  it.each([
    ['half a file', JSON.stringify(FILE).slice(0, 300), 'corrupt-file', /JSON/],
    ['another file', '{"a":1}', 'corrupt-file', /some other file/],
    ['a list', '[]', 'corrupt-file', /some other file/],
    ['a number', '4', 'corrupt-file', /JSON/],
    ['a newer version', changed({ version: 2 }), 'wrong-version', /version 2/],
    ['no duel', changed({ replay: null }), 'corrupt-file', /no duel/],
    ['no rules', replay({ options: 1 }), 'corrupt-file', /rules/],
    ['wrong rules', replay({ options: { roundTicks: -4 } }), 'corrupt-file', /roundTicks is -4/],
    ['no controls', replay({ runs: [] }), 'corrupt-file', /no controls/],
    ['wrong controls', replay({ runs: [[1, 0.5]] }), 'corrupt-file', /damaged/],
    ['endless controls', replay({ runs: [[1, 1e9]] }), 'corrupt-file', /damaged/],
    [
      'an hour and more',
      replay({
        runs: [
          [1, 2e5],
          [2, 2e5],
        ],
      }),
      'corrupt-file',
      /hour/,
    ],
    ['no names', changed({ names: 'You' }), 'corrupt-file', /names/],
    ['changed controls', replay({ runs: [[255, 400]] }), 'wrong-version', /ends otherwise/],
  ])('refuse %s with a reason', (_name, text, code, message) => {
    const read = (): ReplayFile => parseReplayFile(text);
    expect(read).toThrow(message);
    expect(read).toThrow(ForesightError);
    expect(read).toThrow(expect.objectContaining({ code }));
  });
});

describe('ReplayPlayer', () => {
  it('seeks forwards and backwards exactly', () => {
    const player = new ReplayPlayer(FILE.replay);
    const hashes: string[] = [hashState(player.state)];
    while (!player.ended) {
      player.step();
      hashes.push(hashState(player.state));
    }
    expect(hashes).toHaveLength(player.length + 1);
    expect(hashes.at(-1)).toBe(FILE.hash);
    for (const tick of [100, 99, 0, player.length, 250, 251]) {
      player.seek(tick);
      expect(hashState(player.state)).toBe(hashes[tick]);
    }
    player.seek(-5);
    expect(player.state.tick).toBe(0);
    player.seek(1e9);
    expect(player.ended).toBe(true);
    expect(player.step()).toEqual([]);
  });
});

describe('ReplayShelf', () => {
  it('stores the newest replays, newest first, and each duel once', () => {
    const shelf = new ReplayShelf(new FakeStorage(), { most: 2 });
    const files = [duel(1, 300), duel(20, 320), duel(30, 340)];
    for (const file of files) expect(shelf.keep(file)).toBe(true);
    expect(shelf.list()).toEqual([files[2], files[1]]);
    shelf.keep(files[1]);
    expect(shelf.list()).toEqual([files[1], files[2]]);
  });

  it('stores as many replays as fit', () => {
    const small = duel(1, 200);
    const { length } = JSON.stringify(small);
    const shelf = new ReplayShelf(new FakeStorage(), { characters: length * 1.5 });
    shelf.keep(duel(20, 200));
    shelf.keep(small);
    expect(shelf.list()).toEqual([small]);
    const full = new ReplayShelf(new FakeStorage({}, length * 2));
    full.keep(duel(30, 200));
    expect(full.keep(small)).toBe(true);
    expect(full.list()[0]).toEqual(small);
  });

  it('reports when nothing can be stored', () => {
    expect(new ReplayShelf(null).keep(FILE)).toBe(false);
    expect(new ReplayShelf(new FakeStorage({}, 10)).keep(FILE)).toBe(false);
    expect(new ReplayShelf(null).list()).toEqual([]);
  });

  it.each(['{', '7', '{"a":1}', '["{", 4]'])('lists nothing when its storage is %j', (text) => {
    expect(new ReplayShelf(new FakeStorage({ [SHELF_KEY]: text })).list()).toEqual([]);
  });
});
