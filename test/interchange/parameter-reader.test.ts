import { expect, it } from 'vitest';
import { ParameterReader } from '../../src/interchange/parameter-reader.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { smallShape } from '../train/problem.ts';

it('names the parameters that were left out', () => {
  const shape = smallShape();
  const { parameters, length } = parameterLayout(shape);
  const reader = new ParameterReader(shape, new Float32Array(length));
  const [left, ...others] = parameters;
  for (const { name, shape: dims } of others) expect(reader.read(name).shape).toEqual(dims);
  expect(() => reader.requireAll()).toThrow(left.name);
  reader.read(left.name);
  expect(() => reader.requireAll()).not.toThrow();
});
