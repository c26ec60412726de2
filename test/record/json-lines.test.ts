import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLines, writeJsonLines } from '../../src/record/json-lines.ts';
import { specHash } from '../../src/record/spec.ts';
import { anySet, bitsOf } from './any-set.ts';
import { DUELIST, episodeAt, expectError, setOf } from './fixtures.ts';

const small = setOf(episodeAt('a', -3, 4, 4), episodeAt('b'));

describe('our own format of JSON lines', () => {
  it('restores everything, floats bit for bit', () => {
    fc.assert(
      fc.property(anySet(), (set) => {
        expect(bitsOf(readJsonLines(writeJsonLines(set)))).toEqual(bitsOf(set));
      }),
    );
  });

  it('is readable for people', () => {
    const [header, line, ...rest] = writeJsonLines(small).split('\n');
    expect(JSON.parse(header)).toEqual({
      format: 'episodes-jsonl/2',
      episodes: 2,
      columns: ['tick', 'action', 'x', 'airborne', 'rivalAction', 'stage'],
      spec: DUELIST,
    });
    expect(line).toBe(
      '{"episode":"a","session":"evening","character":"hero","end":"terminated","endTick":4,"learn":true,' +
        '"meta":{"level":3,"player":"Ann","cpu":false},' +
        '"steps":[[-3,0,-0.375,-1,null,31],[4,1,0.5,0,null,31],[4,2,0.5,0,null,31]]}'.replace(
          '-1',
          '1',
        ),
    );
    expect(rest).toEqual([expect.stringContaining('"steps":[]'), '']);
  });

  it('can have empty lines, Windows line ends and a byte-order mark', () => {
    const text = `\ufeff${writeJsonLines(small).replaceAll('\n', '\r\n\r\n')}\n \n`;
    expect(bitsOf(readJsonLines(text))).toEqual(bitsOf(small));
  });

  it.each<[string, (lines: string[]) => void, RegExp]>([
    [
      'a line cut off',
      (lines) => (lines[1] = lines[1].slice(0, 150)),
      /^My\.jsonl, line 2: it is not JSON .*Was the file cut off\? Copy or export it again/,
    ],
    [
      'a missing line',
      (lines) => lines.splice(2, 1),
      /^My\.jsonl has 1 of the 2 episodes that its first line declares/,
    ],
    ['a line of another kind', (lines) => (lines[2] = '[1, 2]'), /line 3: it is not a JSON object/],
    ['a header that is not JSON', (lines) => (lines[0] = 'tick,action'), /line 1: it is not JSON/],
    [
      'no format',
      (lines) => (lines[0] = '{"name":"x"}'),
      /line 1: its format is undefined\. The first line must have "format": "episodes-jsonl\/2"/,
    ],
    [
      'no spec',
      (lines) => (lines[0] = '{"format":"episodes-jsonl/2"}'),
      /line 1: the spec is wrong/,
    ],
    [
      'a bad spec',
      (lines) => (lines[0] = lines[0].replace('"tickRate":60', '"tickRate":-1')),
      /line 1: its spec is not usable.*tickRate is -1/,
    ],
    [
      'a strange field',
      (lines) => (lines[0] = lines[0].replace('"kind":"id"', '"kind":"ID"')),
      /line 1: the spec is wrong \(observation\.fields\.3/,
    ],
    [
      'a short row',
      (lines) => (lines[1] = lines[1].replace('0.5,0,null', '0.5,0')),
      /line 2: step 1 has 5 values for 6 columns\. Give an array of tick, action, x, airborne/,
    ],
    [
      'a row that is none',
      (lines) => (lines[1] = lines[1].replace('[[', '[7,[')),
      /line 2: step 0 is 7\./,
    ],
    [
      'an unknown action',
      (lines) => (lines[1] = lines[1].replace('[4,2,', '[4,3,')),
      /line 2: step 2 has action 3\. Give the index of one of the 3 actions, 0 to 2/,
    ],
    [
      'a named action',
      (lines) => (lines[1] = lines[1].replace('[4,2,', '[4,"jab",')),
      /line 2: step 2 has action "jab"/,
    ],
    [
      'a tick that falls',
      (lines) => (lines[1] = lines[1].replace('[4,2,', '[3,2,')),
      /line 2: the tick falls from 4 to 3 at step 2\. Begin a new episode/,
    ],
    [
      'half a tick',
      (lines) => (lines[1] = lines[1].replace('[4,2,', '[4.5,2,')),
      /line 2: step 2 has tick 4\.5/,
    ],
    [
      'text as a value',
      (lines) => (lines[1] = lines[1].replace('0.5', '"0.5"')),
      /line 2: step 1 has "0\.5" for "x"\. Give a finite number, or null/,
    ],
    [
      'a value too large',
      (lines) => (lines[1] = lines[1].replace('0.5', '1e39')),
      /line 2: step 1 has 1e\+39 for "x"/,
    ],
    [
      'a boolean of 2',
      (lines) => (lines[1] = lines[1].replace('0.5,0', '0.5,2')),
      /line 2: step 1 has 2 for "airborne"\. Give 0, 1 or null/,
    ],
    [
      'an unknown category',
      (lines) => (lines[1] = lines[1].replace('null', '3')),
      /line 2: step 0 has 3 for "rivalAction"\. Give one of its 3 categories, or null/,
    ],
    [
      'half an id',
      (lines) => (lines[1] = lines[1].replace('31]', '3.5]')),
      /line 2: step 0 has 3\.5 for "stage"\. Give a whole number/,
    ],
    [
      'no steps',
      (lines) => (lines[1] = lines[1].replace('"steps"', '"step"')),
      /line 2: it has no "steps"/,
    ],
    [
      'an end that is none',
      (lines) => (lines[1] = lines[1].replace('terminated', 'won')),
      /line 2: its header is wrong \(end: /,
    ],
    [
      'the same id twice',
      (lines) => (lines[2] = lines[2].replace('"episode":"b"', '"episode":"a"')),
      /line 3: the episode "a" is in line 2 already\. Remove one/,
    ],
  ])('is refused with the fault: %s', async (_, spoil, message) => {
    const lines = writeJsonLines(small).split('\n');
    const before = lines.join('\n');
    spoil(lines);
    expect(lines.join('\n')).not.toBe(before);
    await expectError(() => readJsonLines(lines.join('\n'), 'My.jsonl'), 'corrupt-file', message);
  });

  it.each(['', ' \n\r\n', '\ufeff'])('is refused when it is empty: %j', async (text) => {
    await expectError(
      () => readJsonLines(text, 'My.jsonl'),
      'corrupt-file',
      /My\.jsonl is empty\. A file of episodes begins with a header line: episodes-jsonl\/2/,
    );
  });

  it('is distinguished from a newer version', async () => {
    const text = writeJsonLines(small).replace('jsonl/2', 'jsonl/3');
    await expectError(
      () => readJsonLines(text),
      'wrong-version',
      /format episodes-jsonl\/3.*Update/,
    );
  });

  it('is recognised as damaged wherever it is cut off', async () => {
    const text = writeJsonLines(small);
    // The file is complete without its last line end.
    for (let length = 0; length < text.length - 1; length++)
      await expectError(() => readJsonLines(text.slice(0, length)), 'corrupt-file', /./);
  });

  it('is not written with values that it cannot hold', async () => {
    const episode = episodeAt('a', 1);
    const columns = episode.columns.map((column) => column.slice());
    columns[0][0] = Infinity;
    const set = setOf({ ...episode, columns });
    await expectError(() => writeJsonLines(set), 'bad-data', /"a": step 0 has Infinity for "x"/);
    await expectError(() => writeJsonLines(setOf(episode, episode)), 'bad-data', /twice/);
  });
});

const PLAIN = {
  format: 'episodes-jsonl/1',
  name: 'fight',
  tickRate: 60,
  actions: ['idle', 'jab', 'block'],
  columns: ['x', 'tick', 'rivalAction', 'action', 'place'],
  categorical: { rivalAction: 'actions', character: 'id 2-5', place: 'id', stage: 'id' },
};
const EPISODE = {
  episode: 'g1:0',
  game: 'g1',
  character: 4,
  stage: 28,
  cpu: true,
  source: 'somewhere',
  tags: ['a', 'b'],
  nothing: null,
  steps: [
    [1.5, -39, 2, 0, 9],
    [null, 4, null, 1, null],
  ],
};
const plain = (header: object, ...episodes: object[]): string =>
  [header, ...episodes].map((line) => JSON.stringify(line)).join('\n');

describe('plain JSON lines', () => {
  it('keep two players of one character in one game apart', () => {
    const other = { ...EPISODE, episode: 'second' };
    const { episodes } = readJsonLines(
      plain(PLAIN, EPISODE, other, { ...other, episode: 'third', game: 'another' }),
    );
    expect(episodes.map(({ character }) => character)).toEqual(['4', 'second', '4']);
  });

  it('give a spec from the header and an episode from each line', () => {
    const { spec, episodes } = readJsonLines(plain(PLAIN, EPISODE));
    expect(spec).toEqual({
      name: 'fight',
      tickRate: 60,
      sampling: { kind: 'onChange' },
      observation: {
        fields: [
          { kind: 'number', name: 'x' },
          { kind: 'category', name: 'rivalAction', categories: ['idle', 'jab', 'block'] },
          { kind: 'id', name: 'place' },
          { kind: 'category', name: 'character', categories: ['2', '3', '4', '5'] },
          { kind: 'id', name: 'stage' },
        ],
      },
      action: { actions: ['idle', 'jab', 'block'] },
    });
    expect(episodes).toEqual([
      {
        id: 'g1:0',
        session: 'g1',
        character: '4',
        end: 'truncated',
        endTick: 4,
        learn: true,
        meta: { character: 4, stage: 28, cpu: true, source: 'somewhere', tags: '["a","b"]' },
        length: 2,
        ticks: Int32Array.of(-39, 4),
        actions: Uint16Array.of(0, 1),
        columns: [
          Float32Array.of(1.5, NaN),
          Float32Array.of(2, NaN),
          Float32Array.of(9, NaN),
          Float32Array.of(2, 2),
          Float32Array.of(28, 28),
        ],
      },
    ]);
  });

  it('give episodes that end at the last tick of the game, when it is known', () => {
    const endTick = (ticks: unknown): number =>
      readJsonLines(plain(PLAIN, { ...EPISODE, ticks })).episodes[0].endTick;
    expect([100, 3, 'long'].map(endTick)).toEqual([100, 4, 4]);
  });

  it('give the same spec whatever the values', () => {
    const other = {
      ...EPISODE,
      episode: 'g2:0',
      steps: [[0, 1, 0, 0, 1]],
      character: null,
      stage: null,
    };
    const [a, b, c] = [plain(PLAIN, EPISODE), plain(PLAIN, other), plain(PLAIN)].map((text) =>
      readJsonLines(text),
    );
    expect(new Set([a, b, c].map(({ spec }) => specHash(spec))).size).toBe(1);
    expect([...b.episodes[0].columns[3]]).toEqual([NaN]);
  });

  it('need only a few keys', () => {
    const header = {
      format: PLAIN.format,
      tickRate: 30,
      actions: ['a', 'b'],
      columns: ['tick', 'action'],
    };
    const { spec, episodes } = readJsonLines(plain(header, { episode: 7, steps: [[0, 1]] }));
    expect(spec).toMatchObject({ name: 'episodes', tickRate: 30, observation: { fields: [] } });
    expect(episodes).toMatchObject([
      { id: '7', session: '7', character: '7', meta: {}, length: 1 },
    ]);
  });

  it('are sampled at fixed ticks where the header gives them', () => {
    expect(readJsonLines(plain(PLAIN, EPISODE)).spec.sampling).toEqual({ kind: 'onChange' });
    const { spec } = readJsonLines(plain({ ...PLAIN, everyTicks: 6 }, EPISODE));
    expect(spec.sampling).toEqual({ kind: 'everyTicks', ticks: 6 });
  });

  it('can be converted to our own format without loss', () => {
    const set = readJsonLines(plain(PLAIN, EPISODE));
    expect(bitsOf(readJsonLines(writeJsonLines(set)))).toEqual(bitsOf(set));
  });

  it.each<[string, object, RegExp]>([
    ['no actions', { actions: undefined }, /"actions" is not a list of names/],
    [
      'one action',
      { actions: ['idle'] },
      /its spec is not usable\. Spec "fight": it needs at least two actions/,
    ],
    ['no columns', { columns: 'x' }, /"columns" is not a list of names/],
    ['no tick', { columns: ['action'] }, /no column "tick"\. List it/],
    ['no action', { columns: ['tick'] }, /no column "action"/],
    ['a column twice', { columns: ['tick', 'action', 'x', 'x'] }, /"x" occurs twice/],
    [
      'no tick rate',
      { tickRate: undefined },
      /"tickRate" is not a number\. Give the ticks per second/,
    ],
    ['a bad tick rate', { tickRate: 0 }, /tickRate is 0/],
    ['fixed ticks that are no number', { everyTicks: true }, /"everyTicks" is not a number\. Give/],
    ['fixed ticks of a part', { everyTicks: 0.5 }, /everyTicks needs a whole number of ticks/],
    [
      'an unknown kind',
      { categorical: { stage: 'colour' } },
      /the kind of "stage" is "colour"\. Give "actions", "id", or "id 0-32"/,
    ],
    ['an empty range', { categorical: { stage: 'id 5-4' } }, /the kind of "stage" is "id 5-4"/],
    ['kinds in an array', { categorical: [] }, /"categorical" is not an object/],
  ])('are refused with the fault of the header: %s', async (_, fault, message) => {
    const text = plain({ ...PLAIN, ...fault }, EPISODE);
    await expectError(() => readJsonLines(text, 'My.jsonl'), 'corrupt-file', message);
    await expectError(
      () => readJsonLines(text, 'My.jsonl'),
      'corrupt-file',
      /^My\.jsonl, line 1: /,
    );
  });

  it.each<[string, object, RegExp]>([
    ['no id', { episode: '' }, /"episode" is not a text\. Give each episode an id/],
    ['no constant', { stage: undefined }, /there is no "stage"\. Give it, or null/],
    [
      'a constant out of its range',
      { character: 6 },
      /it has 6 for "character"\. Give one of its 4 categories/,
    ],
    ['a constant of another kind', { character: '4' }, /it has "4" for "character"/],
    [
      'a short row',
      { steps: [[1, 2, 0]] },
      /step 0 has 3 values for 5 columns\. Give an array of x, tick, rivalAction, action, place/,
    ],
    [
      'an unknown action',
      { steps: [[1, 2, 0, 40, 1]] },
      /step 0 has action 40\. Give the index of one of the 3 actions/,
    ],
    ['an unknown category', { steps: [[1, 2, 3, 0, 1]] }, /step 0 has 3 for "rivalAction"/],
    [
      'a tick that falls',
      {
        steps: [
          [1, 2, 0, 0, 1],
          [1, 1, 0, 0, 1],
        ],
      },
      /tick falls from 2 to 1 at step 1/,
    ],
  ])('are refused with the fault of a line: %s', async (_, fault, message) => {
    const text = plain(PLAIN, { ...EPISODE, episode: 'first' }, { ...EPISODE, ...fault });
    await expectError(() => readJsonLines(text), 'corrupt-file', message);
    await expectError(() => readJsonLines(text), 'corrupt-file', /^The text, line 3: /);
  });

  it('are refused with the same episode twice', () =>
    expectError(
      () => readJsonLines(plain(PLAIN, EPISODE, EPISODE)),
      'corrupt-file',
      /line 3: the episode "g1:0" is in line 2 already/,
    ));
});
