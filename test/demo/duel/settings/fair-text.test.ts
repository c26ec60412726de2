import { describe, expect, it } from 'vitest';
import { difficultyNow, fairSwitch } from '../../../../demo/duel/settings/fair-text.ts';
import { FairDifficulty } from '../../../../src/core.ts';

it('states the bounds under the switch, in both languages', () => {
  const [english, chinese] = [fairSwitch('en'), fairSwitch('zh')];
  expect([english.value(true), english.value(false)]).toEqual(['on', 'off']);
  expect(chinese.label).toBe('公平');
  for (const { hint } of [english, chinese])
    for (const range of ['0-100 %', '150-450']) expect(hint).toContain(range);
});

describe('difficultyNow', () => {
  it('states the settings of the moment, and breaks lines after commas only', () => {
    const fair = new FairDifficulty({ start: 1 });
    const text = difficultyNow(fair, 1, 'en');
    expect(text.replaceAll('\u00a0', ' ')).toBe('Fair: trust 100 %, delay 200 ms, errors 0 %');
    expect(text.split(' ')).toHaveLength(3);
    fair.add(1);
    expect(difficultyNow(fair, 1, 'zh')).toContain(`${Math.round(fair.trust * 100)}`);
  });

  it('states how much of the trust is earned, unless all of it is', () => {
    const text = difficultyNow('normal', 0, 'en').replaceAll('\u00a0', ' ');
    expect(text).toBe('Fixed: trust 70 % (0 % earned), delay 230 ms, errors 10 %');
  });
});
