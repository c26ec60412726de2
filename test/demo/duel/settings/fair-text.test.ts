import { expect, it } from 'vitest';
import { fairNow, fairSwitch } from '../../../../demo/duel/settings/fair-text.ts';
import { FairDifficulty } from '../../../../src/core.ts';

it('states the bounds under the switch, in both languages', () => {
  const [english, chinese] = [fairSwitch('en'), fairSwitch('zh')];
  expect([english.value(true), english.value(false)]).toEqual(['on', 'off']);
  expect(chinese.label).toBe('公平');
  for (const { hint } of [english, chinese])
    for (const range of ['0-100 %', '150-450']) expect(hint).toContain(range);
});

it('states the settings of the moment, and breaks lines after commas only', () => {
  const fair = new FairDifficulty({ start: 1 });
  expect(fairNow(fair, 'en').replaceAll('\u00a0', ' ')).toBe(
    'Fair: trust 100 %, delay 200 ms, errors 0 %',
  );
  expect(fairNow(fair, 'en').split(' ')).toHaveLength(3);
  fair.add(1);
  expect(fairNow(fair, 'zh')).toContain('85');
});
