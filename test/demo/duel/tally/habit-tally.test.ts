import { describe, expect, it } from 'vitest';
import type { DuelAction } from '../../../../demo/duel/rules/index.ts';
import { HabitTally } from '../../../../demo/duel/tally/habit-tally.ts';
import { advice } from '../../../../demo/duel/tally/advice.ts';
import { answerText, habitText } from '../../../../demo/duel/tally/habit-text.ts';
import { Timeline, wasForeseen } from '../../../../demo/duel/tally/timeline.ts';
import { ReadTally } from '../../../../demo/duel/tally/read-tally.ts';

const play = (tally: HabitTally, actions: readonly DuelAction[]): void => {
  for (const action of actions) tally.act(action);
};

const at = { x: 0, height: 0 };

describe('HabitTally', () => {
  it('finds the choices after each context, across standing and what merely happens', () => {
    const tally = new HabitTally(0);
    for (let i = 0; i < 12; i++) {
      const answer = i % 4 === 0 ? 'throw' : 'strike';
      play(tally, ['advance', 'block', 'block-stun', 'idle', answer]);
    }
    const found = tally.habits();
    const afterBlock = found.find(({ context }) => context === 'block');
    expect(afterBlock).toEqual({
      context: 'block',
      action: 'strike',
      count: 9,
      total: 12,
      foreseen: 0,
      answered: 0,
      reply: null,
    });
    expect(habitText(afterBlock!)).toBe('After a block you struck 9 of 12 times.');
  });

  it('separates choices after an exchange by its outcome', () => {
    const tally = new HabitTally(0);
    for (let i = 0; i < 5; i++) {
      play(tally, ['advance', 'strike']);
      tally.event({ kind: 'hit', attacker: 1, ...at });
      play(tally, ['hit', 'retreat']);
      tally.event({ kind: 'blocked', attacker: 0, ...at });
      play(tally, ['fireball']);
    }
    const contexts = tally.habits({ most: 9 }).map(({ context, action }) => `${context} ${action}`);
    expect(contexts).toContain('was-hit retreat');
    expect(contexts).toContain('blocked fireball');
  });

  it('counts what the rival expected of a habit, and what it did then', () => {
    const tally = new HabitTally(0);
    for (let i = 0; i < 8; i++) {
      tally.act('advance');
      tally.act('block');
      const reply = i < 3 ? 'throw' : i < 4 ? 'strike' : null;
      tally.act('strike', { foreseen: i < 6, reply });
    }
    const [habit] = tally.habits().filter(({ context }) => context === 'block');
    expect(habit).toMatchObject({ foreseen: 6, answered: 4, reply: 'throw' });
    expect(answerText(habit)).toBe('It saw 6 coming and answered 4, mostly with a throw.');
    expect(answerText({ ...habit, answered: 0, reply: null })).toBe(
      'It saw 6 coming and made nothing of it.',
    );
    expect(answerText({ ...habit, foreseen: 0 })).toBe('It saw none of them coming.');
    // A strike beats a throw: the habit itself. So it is enough to break its rhythm.
    expect(advice([habit])).toBe('Advice: after a block, wait a moment now and then.');
    expect(advice([{ ...habit, reply: 'block' }])).toBe(
      'Advice: after a block, throw now and then.',
    );
    expect(advice([{ ...habit, reply: 'strike' }])).toBe(
      'Advice: after a block, block again now and then.',
    );
    expect(advice([])).toMatch(/stay as you are/);
  });

  it('finds no habit in evenly frequent choices, nor in a few occurrences', () => {
    const tally = new HabitTally(0);
    const choices = ['strike', 'throw', 'block', 'jump', 'dash'] as const;
    for (const first of choices) for (const next of choices) play(tally, [first, next]);
    expect(tally.habits({ least: 4 }).every(({ count, total }) => count * 5 >= total * 2)).toBe(
      true,
    );
    const short = new HabitTally(0);
    play(short, ['block', 'strike', 'block', 'strike']);
    expect(short.habits()).toEqual([]);
  });

  it('connects no choices across the end of a round', () => {
    const tally = new HabitTally(0);
    for (let i = 0; i < 9; i++) {
      tally.act('block');
      tally.event({ kind: 'round-end', winner: 0, byTime: false });
      tally.act('strike');
      tally.event({ kind: 'round-end', winner: 0, byTime: false });
    }
    expect(tally.habits()).toEqual([]);
  });
});

describe('ReadTally', () => {
  const read = { madeAt: 10, expected: 'strike', probability: 0.7, reply: 'block' } as const;

  it('counts a prediction that was acted on, when the action comes', () => {
    const tally = new ReadTally();
    expect(tally.judge(read, 10, 'strike')).toBe(true);
    expect(tally.judge(read, 10, 'throw')).toBe(false);
    expect([tally.acted, tally.right]).toEqual([2, 1]);
  });

  it('does not count a prediction that was acted on too late, or not at all', () => {
    const tally = new ReadTally();
    expect(tally.judge(read, 30, 'strike')).toBe(false);
    expect(tally.judge(null, 10, 'strike')).toBe(false);
    expect(tally.judge(read, null, 'strike')).toBe(false);
    expect(tally.acted).toBe(0);
  });
});

describe('Timeline', () => {
  it('notes actions and hits round by round', () => {
    const timeline = new Timeline();
    const act = (tick: number, expected: string | null) =>
      timeline.act({ tick, action: 'strike', expected, probability: 0.5, used: false });
    timeline.begin(10);
    act(20, 'strike');
    timeline.hit({ tick: 30, attacker: 1 });
    timeline.end(40);
    timeline.begin(100);
    act(120, null);
    const [one, two] = timeline.rounds;
    expect([one.from, one.to, two.from, two.to]).toEqual([10, 40, 100, 120]);
    expect(one.hits).toEqual([{ tick: 30, attacker: 1 }]);
    expect([...one.actions, ...two.actions].map(wasForeseen)).toEqual([true, false]);
  });
});
