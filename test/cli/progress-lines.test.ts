import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { scoringLines } from '../../src/cli/progress-lines.ts';

function shown(steps: readonly (readonly [string, number])[]): string {
  const texts: string[] = [];
  const onProgress = scoringLines(
    new Writable({
      decodeStrings: false,
      write(text: string, _, done) {
        texts.push(text);
        done();
      },
    }),
  );
  for (const [row, step] of steps) onProgress({ row, step, steps: 50 });
  return texts.join('');
}

const all = (row: string): (readonly [string, number])[] =>
  Array.from({ length: 50 }, (_, i) => [row, i + 1]);

const TENTHS = '10 20 30 40 50 60 70 80 90 100 %';

it('adds every tenth to the line of a row, and leaves out baselines', () => {
  expect(shown([...all('majority'), ...all('model'), ['model-adaptive', 12]])).toBe(
    `Scoring model: ${TENTHS}\nScoring model-adaptive: 10 20`,
  );
});

it('finishes one line before the next where several rows are scored at once', () => {
  const mixed = [
    ['model-adaptive', 5],
    ['model', 25],
    ['model-adaptive', 15],
    ['model', 50],
    ['ngram-mix', 10],
  ] as const;
  expect(shown(mixed)).toBe('Scoring model-adaptive: 10 20 30');
  expect(shown([...mixed, ['model-adaptive', 50], ['ngram-mix', 50]])).toBe(
    `Scoring model-adaptive: ${TENTHS}\nScoring model: ${TENTHS}\nScoring ngram-mix: ${TENTHS}\n`,
  );
});
