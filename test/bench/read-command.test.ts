import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/usage-error.ts';
import { chosen, readCommand } from './read-command.ts';

describe('readCommand', () => {
  it('chooses every shape and engine by default', () => {
    expect(readCommand(['train'])).toMatchObject({
      name: 'train',
      json: false,
      shapes: ['A', 'B', 'S'],
      engines: null,
    });
  });

  it('reads lists with commas, and repeated options', () => {
    const args = ['train', '--json', '--shape', 'S,A', '--engine', 'cpu', '--engine', 'wasm'];
    expect(readCommand(args)).toMatchObject({
      json: true,
      shapes: ['A', 'S'],
      engines: ['cpu', 'wasm'],
    });
  });

  it.each([
    [['trian'], 'Did you mean "train"'],
    [['train', '--shape', 'X'], 'There is no shape "X"'],
    [['train', '--repeats', '0'], '--repeats is "0"'],
    [['train', '--jsn'], 'Did you mean --json'],
    [['train', '--shape'], 'See npm run bench'],
    [['train', 'A'], 'takes options alone, and got "A"'],
  ])('refuses %s', (args, message) => {
    expect(() => readCommand(args)).toThrow(UsageError);
    expect(() => readCommand(args)).toThrow(message);
  });
});

it('chosen keeps the order of the known names', () => {
  expect(chosen(['b', 'a'], ['a', 'b', 'c'], 'engine')).toEqual(['a', 'b']);
  expect(() => chosen(['d'], ['a', 'b'], 'engine')).toThrow('There is no engine "d"');
});
