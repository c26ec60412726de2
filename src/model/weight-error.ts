import type { ParameterLayout } from '../network/parameters.ts';

/** Differences between weights and others of the same layout. */
export interface WeightError {
  /** Greatest and mean absolute difference. */
  readonly max: number;
  readonly mean: number;
  /** Root of the mean squared difference over that of the weights; 0 for weights that are all 0. */
  readonly relative: number;
  /** Name of the parameter with the greatest difference. */
  readonly worst: string;
}

/** Differences of `changed` from `weights`, both flat and of that layout. */
export function weightError(
  weights: Float32Array,
  changed: Float32Array,
  { parameters, length }: ParameterLayout,
): WeightError {
  let [max, sum, squares, size] = [0, 0, 0, 0];
  let worst = parameters[0].name;
  for (const { name, offset, length: count } of parameters)
    for (let i = offset; i < offset + count; i++) {
      const error = Math.abs(changed[i] - weights[i]);
      sum += error;
      squares += error * error;
      size += weights[i] * weights[i];
      if (error > max) [max, worst] = [error, name];
    }
  return { max, mean: sum / length, relative: size ? Math.sqrt(squares / size) : 0, worst };
}
