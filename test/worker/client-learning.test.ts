import { beforeEach, describe, expect, it } from 'vitest';
import { LearningRun } from '../../src/worker/client-learning.ts';
import type { LearningDriver } from '../../src/worker/client-learning.ts';
import type { LearnedWeights, PlayEvent } from '../../src/worker/protocol.ts';
import { ENGINE, SCORES } from './reports.ts';

const LEARNED: LearnedWeights = {
  updates: 1,
  rollbacks: 0,
  learned: SCORES,
  frozen: SCORES,
  weights: new Float32Array(1),
  engine: ENGINE,
};
const end = (character: string): PlayEvent => ({ kind: 'end', character });
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

let messages: (readonly PlayEvent[])[];
let answers: (() => void)[];
let stops: number;
let happened: unknown[];
beforeEach(() => {
  messages = [];
  answers = [];
  stops = 0;
  happened = [];
});

/** A run whose messages the test answers. */
const makeRun = (driver: Partial<LearningDriver> = {}): LearningRun =>
  new LearningRun(
    {
      begin: async () => ({ ok: true, engine: ENGINE }),
      observe: (events) => {
        messages.push(events);
        return new Promise((resolve) =>
          answers.push(() => resolve({ ok: true, learned: LEARNED })),
        );
      },
      stop: async () => void stops++,
      ...driver,
    },
    {
      onLearned: (learned) => happened.push(learned),
      onError: (error) => happened.push(error),
    },
  );

describe('a run that learns from play', () => {
  it('sends one message at a time, with all that happened meanwhile', async () => {
    const run = makeRun();
    run.observe(end('a'));
    await turn();
    expect(messages).toEqual([[end('a')]]);
    run.observe(end('b'));
    run.observe(end('c'));
    await turn();
    expect(messages).toHaveLength(1);
    answers[0]();
    await turn();
    expect(messages[1]).toEqual([end('b'), end('c')]);
    expect(run.isBusy).toBe(true);
    answers[1]();
    await turn();
    expect(run.isBusy).toBe(false);
    expect(happened).toEqual([LEARNED, LEARNED]);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'loses nothing that comes %i microtasks after it began',
    async (n) => {
      const run = makeRun();
      for (let i = 0; i < n; i++) await Promise.resolve();
      run.observe(end('a'));
      await turn();
      expect(messages).toEqual([[end('a')]]);
    },
  );

  it('calls no listener once it is stopped', async () => {
    const run = makeRun();
    run.observe(end('a'));
    await turn();
    run.stop();
    run.stop();
    answers[0]();
    run.observe(end('b'));
    await turn();
    expect({ happened, stops, sent: messages.length }).toEqual({ happened: [], stops: 1, sent: 1 });
    expect(run.isBusy).toBe(false);
  });

  it('stops the worker again when it was stopped before the worker began', async () => {
    let begin = (): void => {};
    const run = makeRun({
      begin: () => new Promise((resolve) => (begin = () => resolve({ ok: true, engine: ENGINE }))),
    });
    run.stop();
    begin();
    await turn();
    expect(stops).toBe(2);
  });

  it.each([
    [
      'cannot begin',
      { begin: async () => ({ ok: false, error: { code: 'no-wasm', message: '' } }) },
    ],
    ['dies', { observe: () => Promise.reject(new Error('terminated')) }],
  ] as [string, Partial<LearningDriver>][])(
    'reports once that the worker %s',
    async (_, driver) => {
      const run = makeRun(driver);
      run.observe(end('a'));
      await turn();
      expect(happened).toHaveLength(1);
      expect(happened[0]).toBeInstanceOf(Error);
      run.observe(end('b'));
      await turn();
      expect(happened).toHaveLength(1);
      expect(run.isBusy).toBe(false);
    },
  );
});
