import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const OPTIONS = {
  out: { kind: 'text', value: 'file', help: 'where to save it' },
  data: { kind: 'texts', value: 'files', help: 'what to read' },
  cell: { kind: 'choice', of: ['lstm', 'gru'], help: 'the cell' },
  epochs: { kind: 'whole', min: 1, max: 100, otherwise: 'all', help: 'passes' },
  fraction: { kind: 'number', min: 0, max: 0.9, help: 'a share' },
  json: { kind: 'flag', help: 'print JSON' },
} as const;

const TABLE = {
  name: 'try',
  example: 'foresight try a b',
  positionals: { files: { about: 'files', many: true, optional: true } },
  options: OPTIONS,
} as const;

/** With a model and files, and options that are never missing. */
const STRICT = {
  name: 'score',
  example: 'foresight score m f --to int8',
  positionals: { model: { about: 'a model' }, files: { about: 'a file', many: true } },
  options: {
    ...OPTIONS,
    to: { kind: 'choice', of: ['int8', 'float16'], required: true, help: 'the precision' },
    epochs: { kind: 'whole', min: 1, max: 100, default: 30, help: 'passes' },
  },
} as const;

describe('parseArguments', () => {
  it('reads options of every kind between files', () => {
    const args = 'a --out m --json b --epochs 3 --fraction=0.5 --cell gru --data x --data y';
    expect(parseArguments(args.split(' '), TABLE)).toEqual({
      files: ['a', 'b'],
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

  it('fills in defaults, and names the other arguments', () => {
    const { model, files, options } = parseArguments(['m', 'a', 'b', '--to', 'int8'], STRICT);
    expect([model, files]).toEqual(['m', ['a', 'b']]);
    expect(options).toMatchObject({ to: 'int8', epochs: 30 });
    expectTypeOf(model).toEqualTypeOf<string>();
    expectTypeOf(files).toEqualTypeOf<readonly string[]>();
    expectTypeOf(options.to).toEqualTypeOf<'int8' | 'float16'>();
    expectTypeOf(options.epochs).toEqualTypeOf<number>();
    expectTypeOf(options.fraction).toEqualTypeOf<number | undefined>();
    expectTypeOf(options.cell).toEqualTypeOf<'lstm' | 'gru' | undefined>();
    expectTypeOf(options.data).toEqualTypeOf<readonly string[]>();
    expectTypeOf(options.json).toEqualTypeOf<boolean>();
    // @ts-expect-error there is no such option
    expect(options.epoch).toBeUndefined();
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

describe('parseArguments, on what must be there', () => {
  it.each([
    ['', /score needs a model and a file, and got neither\. Write: foresight score m f/],
    ['m', /and got only "m"/],
    ['m f', /score needs --to: the precision\. Write: foresight score m f --to int8/],
  ])('refuses "%s"', (text, message) => {
    const parse = () => parseArguments(text.split(' ').filter(Boolean), STRICT);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });

  it('refuses arguments that no one takes', () => {
    const table = { ...TABLE, positionals: { model: { about: 'a model' } } } as const;
    expect(() => parseArguments(['m', 'n'], table)).toThrow(/takes a model, and got "m" and "n"/);
  });
});

describe('an option of several texts', () => {
  const PAIR = { ...STRICT, options: OPTIONS };

  it.each<[string, string[], string[]]>([
    ['m f --data a b', ['f'], ['a', 'b']],
    ['m f --data a b --json', ['f'], ['a', 'b']],
    ['m f --data a --data b', ['f'], ['a', 'b']],
    ['--data a m f', ['f'], ['a']],
    ['m --data a f --data b c', ['f'], ['a', 'b', 'c']],
  ])('%s', (text, files, data) => {
    const given = parseArguments(text.split(' '), PAIR);
    expect({ files: given.files, data: given.options.data }).toEqual({ files, data });
    expect(given.model).toBe('m');
  });

  it.each(['m f --data', 'm f --data --json'])('refuses %s', (text) => {
    expect(() => parseArguments(text.split(' '), PAIR)).toThrow(/--data/);
  });
});
