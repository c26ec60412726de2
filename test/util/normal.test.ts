import { expect, it } from 'vitest';
import { cellMass, density, upperTail } from '../../src/util/normal.ts';

it('upperTail and density are those of the standard normal distribution', () => {
  expect(upperTail(0)).toBeCloseTo(0.5, 6);
  expect(upperTail(1.96)).toBeCloseTo(0.0249979, 7);
  expect(upperTail(-1.96)).toBeCloseTo(1 - 0.0249979, 7);
  expect(upperTail(6) / 9.8659e-10).toBeCloseTo(1, 3);
  expect(density(1)).toBeCloseTo(0.2419707, 7);
});

it('the masses of all cells sum to 1, for cells wide and narrow', () => {
  for (const cell of [0.001, 0.1, 1]) {
    let sum = 0;
    for (let i = Math.round(-8 / cell); i <= 8 / cell; i++)
      sum += cellMass(i * cell, { deviation: 1, cell });
    expect(sum).toBeCloseTo(1, 4);
  }
});
