import { expect, it } from 'vitest';
import { formatBytes, formatPercent } from '../../../plugin/panel/format.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [4210, '4.2 kB'],
  [123_456, '123 kB'],
  [1_300_000, '1.3 MB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('writes shares in percent', () => {
  expect(formatPercent(0.624)).toBe('62%');
});
