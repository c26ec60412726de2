import { describe, expect, it } from 'vitest';
import { parseArguments, spreadFiles } from '../../src/cli/parse-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const TABLE = {
  out: { kind: 'text' },
  data: { kind: 'texts' },
  cell: { kind: 'choice', of: ['lstm', 'gru'] },
  epochs: { kind: 'number', min: 1, max: 100, whole: true },
  fraction: { kind: 'number', min: 0, max: 0.9, whole: false },
  json: { kind: 'flag' },
} as const;

describe('parseArguments', () => {
  it('reads options of every kind between files', () => {
    const args = 'a --out m --json b --epochs 3 --fraction=0.5 --cell gru --data x --data y c';
    expect(parseArguments(args.split(' '), TABLE)).toEqual({
      files: ['a', 'b', 'c'],
      options: { out: 'm', json: true, epochs: 3, fraction: 0.5, cell: 'gru', data: ['x', 'y'] },
    });
  });

  it('leaves out options that were not given', () => {
    expect(parseArguments([], TABLE).options).toEqual({
      out: undefined,
      data: [],
      cell: undefined,
      epochs: undefined,
      fraction: undefined,
      json: false,
    });
  });

  it.each([
    ['--epoch 3', /no option "--epoch"\. Did you mean --epochs\?/],
    ['-o m', /no option "-o"/],
    ['--jsno=1', /no option "--jsno"\. Did you mean --json\?/],
    ['--epochs three', /--epochs is "three"\. Give a whole number from 1 to 100/],
    ['--epochs 2.5', /whole number/],
    ['--epochs 0', /--epochs is "0"/],
    ['--epochs=', /--epochs is ""/],
    ['--fraction 1', /Give a number from 0 to 0\.9/],
    ['--cell rnn', /--cell is "rnn"\. Choose lstm or gru/],
    ['--out', /--out/],
    ['--json=yes', /--json/],
    ['a -', /"-" is not a file/],
    ['a --out -', /"-" is not a file/],
  ])('refuses %s', (text, message) => {
    const parse = () => parseArguments(text.split(' '), TABLE);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});

describe('spreadFiles', () => {
  it.each([
    ['m f --data a b', 'm f --data a --data b'],
    ['m f --data a b --json c', 'm f --data a --data b --json c'],
    ['--data a m f', '--data a m f'],
    ['m --data a f --data b c', 'm --data a f --data b --data c'],
    ['m f --data a --data b', 'm f --data a --data b'],
    ['m f --data', 'm f --data'],
    ['m f --data --json', 'm f --data --json'],
  ])('%s -> %s', (from, to) => {
    expect(spreadFiles(from.split(' '), '--data', 2)).toEqual(to.split(' '));
  });
});
