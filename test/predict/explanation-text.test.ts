import { describe, expect, it } from 'vitest';
import { explanationText } from '../../src/predict/explanation-text.ts';
import { CHINESE } from '../../src/predict/explanation-words-chinese.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import type { ExpertReason, Explanation } from '../../src/predict/explanation.ts';

const expert = (rest: Partial<ExpertReason>): ExpertReason => ({
  knows: 'player',
  context: [{ kind: 'action', back: 0, action: 'block' }],
  complete: true,
  count: 9,
  againstCount: 1,
  total: 12,
  weight: 1,
  probability: 0.7,
  againstProbability: 0.1,
  contribution: 1,
  ...rest,
});

const why = (rest: Partial<Explanation>): Explanation => ({
  tick: 100,
  steps: 20,
  action: 'strike',
  actionIndex: 0,
  probability: 0.6,
  against: 'throw',
  againstIndex: 1,
  againstProbability: 0.2,
  logOdds: 1.1,
  trust: 1,
  network: 0,
  experts: [],
  pastSteps: [],
  observations: [],
  ...rest,
});

describe('explanationText', () => {
  it('counts how often each action came in a context', () => {
    const context: ExpertReason['context'] = [
      { kind: 'action', back: 0, action: 'block' },
      { kind: 'action', back: 1, action: null },
      { kind: 'place', field: 'hurt', back: 0, value: false },
      { kind: 'place', field: 'opponent', back: 2, value: 'strike' },
      { kind: 'number', field: 'distance', unit: 'm', range: { above: 2, upTo: 4.126 } },
      { kind: 'duration', back: 0, range: { above: -Infinity, upTo: 12 } },
    ];
    expect(explanationText(why({ experts: [expert({ context })] }))).toEqual([
      'This player after block, nothing before that, not hurt, opponent strike 2 before that, distance 2 to 4.13 m, up to 12 ticks since the last: strike 9, throw 1 of 12 times.',
    ]);
  });

  it('has a sentence for a network that is not trusted', () => {
    const text = explanationText(why({ trust: 0.2, network: 3, experts: [expert({})] }));
    expect(text).toEqual([
      'Counts of what players did weigh more here than what the network predicts.',
      'This player after block: strike 9, throw 1 of 12 times.',
    ]);
  });

  it('joins two ranges of one number', () => {
    const context: ExpertReason['context'] = [
      { kind: 'number', field: 'x', range: { above: 0, upTo: 8 } },
      { kind: 'number', field: 'x', range: { above: 3, upTo: Infinity } },
    ];
    expect(explanationText(why({ experts: [expert({ context })] }))[0]).toMatch(
      /^This player x 3 to 8: /,
    );
  });

  it('puts the strongest first, takes those of one context together, and begins others with "but"', () => {
    const experts = [
      expert({ knows: 'population', context: [], count: 2, againstCount: 8, contribution: -0.9 }),
      expert({ complete: false, contribution: 0.6 }),
      expert({ complete: false, contribution: 0.5 }),
      expert({ contribution: 0.01 }),
    ];
    expect(explanationText(why({ experts, network: 0.3 }), { sentences: 9 })).toEqual([
      'This player after block: strike 9, throw 1 of 12 such situations.',
      'But players in general: throw 8, strike 2 of 12 times.',
      'The network leans to strike.',
    ]);
    expect(explanationText(why({ experts, network: 0.3 }), { sentences: 1 })).toHaveLength(1);
  });

  it("names the network's causes", () => {
    const reasons: Partial<Explanation> = {
      observations: [
        { kind: 'field', field: 'distance', value: 2.123456, unit: 'm', effect: 0.4 },
        { kind: 'field', field: 'hurt', value: true, effect: -0.3 },
        { kind: 'actions', field: '', value: null, effect: 0.01 },
      ],
      pastSteps: [
        { back: 0, tick: 100, action: 'block', effect: 0.1 },
        { back: 2, tick: 80, action: 'throw', effect: -0.2 },
      ],
    };
    expect(explanationText(why({ ...reasons, network: 1 }))).toEqual([
      'The network leans to strike, because of distance (2.12 m) and the block now.',
    ]);
    expect(explanationText(why({ ...reasons, network: -1 }))).toEqual([
      'But the network leans to throw, because of hurt (yes) and the throw 2 before.',
    ]);
  });

  it('speaks with other names and in other words', () => {
    const german = {
      ...ENGLISH,
      network: ({ action }: { action: string }) => `Das Netz neigt zu ${action}.`,
    };
    expect(
      explanationText(why({ network: 1 }), { names: { strike: 'Hieb' }, words: german }),
    ).toEqual(['Das Netz neigt zu Hieb.']);
  });

  it('speaks Chinese', () => {
    const context: ExpertReason['context'] = [
      { kind: 'action', back: 0, action: 'block' },
      { kind: 'place', field: 'hurt', back: 0, value: false },
      { kind: 'duration', back: 0, range: { above: -Infinity, upTo: 12 } },
    ];
    const names = { strike: '打击', throw: '投技', block: '格挡' };
    const observations: Explanation['observations'] = [
      { kind: 'field', field: 'distance', value: 2, unit: 'm', effect: 0.4 },
    ];
    const explanation = why({ experts: [expert({ context })], network: 0.5, observations });
    expect(explanationText(explanation, { names, words: CHINESE })).toEqual([
      '这位玩家，在格挡之后、非hurt、距上次 不超过 12 刻：打击 9 次，投技 1 次（共 12 次）。',
      '网络倾向于打击，依据是distance（2 m）。',
    ]);
  });
});
