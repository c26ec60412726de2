import { expect, it } from 'vitest';
import { groupBySession } from '../../../plugin/recordings/sessions.ts';

const one = { character: 'player', learn: true, steps: 3, bytes: 30 };

it('sums episodes up by session, the newest first', () => {
  const sessions = groupBySession([
    { ...one, id: 'a', session: 'old', startedAt: 200 },
    { ...one, id: 'b', session: 'new', startedAt: 300, learn: false },
    { ...one, id: 'c', session: 'old', startedAt: 100, learn: false },
    { ...one, id: 'd', session: 'odd', startedAt: NaN },
  ]);
  expect(sessions).toEqual([
    { session: 'odd', episodes: 1, steps: 3, bytes: 30, startedAt: NaN, learn: 'all' },
    { session: 'new', episodes: 1, steps: 3, bytes: 30, startedAt: 300, learn: 'none' },
    { session: 'old', episodes: 2, steps: 6, bytes: 60, startedAt: 100, learn: 'some' },
  ]);
});
