import { describe, expect, it } from 'vitest';
import { checkHeader, headerFault } from '../../src/record/episode-header.ts';
import type { EpisodeHeader } from '../../src/record/episode.ts';

const HEADER: EpisodeHeader = {
  id: 'e1',
  session: 's1',
  character: 'hero',
  end: 'terminated',
  endTick: 4,
  learn: true,
  // A key that objects inherit.
  meta: { level: 2, constructor: 'Ada', practice: false },
};

describe('the header of an episode', () => {
  it('is valid with plain values', () => {
    expect(headerFault(HEADER)).toBeNull();
    expect(headerFault({ ...HEADER, meta: {} })).toBeNull();
  });

  it.each<[string, unknown, RegExp]>([
    ['id', '', /^id: The id is empty$/],
    ['id', 4, /^id: .*no text/],
    ['session', undefined, /^session: .*no text/],
    ['character', null, /^character: .*no text/],
    ['end', 'over', /^end: .*"terminated" or "truncated"/],
    ['endTick', 1.5, /^endTick: .*whole number/],
    ['endTick', 2 ** 60, /^endTick: .*whole number/],
    ['learn', 1, /^learn: .*true or false/],
    ['meta', [], /^meta: meta must hold only/],
    ['meta', { at: NaN }, /^meta: meta must hold only/],
    ['meta', { at: { x: 1 } }, /^meta: meta must hold only/],
  ])('has no %s of %j', (key, value, fault) => {
    expect(headerFault({ ...HEADER, [key]: value })).toMatch(fault);
    expect(() => checkHeader({ ...HEADER, [key]: value })).toThrow(
      expect.objectContaining({ code: 'bad-data', message: expect.stringMatching(key) }),
    );
  });

  it.each([null, [], 'e1'])('is not %j', (header) => {
    expect(headerFault(header)).toMatch(/not an object/);
  });
});
