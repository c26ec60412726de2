import type { LinearPath } from '../dataset/linear-path.ts';
import { lagsFor } from '../dataset/linear-path.ts';
import { SPREAD_SIZE } from '../dataset/value-table.ts';
import type { ValueTable } from '../dataset/value-table.ts';
import type { ModelConfig } from './config.ts';
import type { Tensor } from './safetensors.ts';

const RESOLUTIONS = 'values.resolutions';
const SPREADS = 'values.spreads';
const COEFFICIENTS = 'values.linear';
const ROOT = 'values.root';

/** The tensors of what a checkpoint knows of its continuous targets. */
export const packValues = ({ linear, resolutions, spreads }: ValueTable): Tensor[] =>
  Object.entries({
    [RESOLUTIONS]: resolutions,
    [SPREADS]: spreads,
    ...(linear && { [COEFFICIENTS]: linear.coefficients, [ROOT]: linear.root }),
  }).map(([name, data]) => ({ name, shape: [data.length], data }));

/**
 * The inverse of `packValues`; undefined where there are none, as in older files. Calls `wrong` for tensors that it
 * cannot have made, and where those that are needed are missing.
 */
export function unpackValues(
  tensors: readonly Tensor[],
  { continuous: { length: targets }, valueTarget }: ModelConfig,
  wrong: (what: string) => never,
): ValueTable | undefined {
  const has = (name: string): boolean => tensors.some((tensor) => tensor.name === name);
  const read = (
    name: string,
    length: number,
    isValid: (number: number) => boolean = Number.isFinite,
  ): Float32Array => {
    const data = tensors.find((tensor) => tensor.name === name)?.data;
    if (!(data instanceof Float32Array) || data.length !== length || !data.every(isValid))
      return wrong(`"${name}" is missing or impossible`);
    return data.slice();
  };
  if (!targets || !(valueTarget === 'residual' || has(RESOLUTIONS))) return undefined;
  const isPositive = (number: number): boolean => number > 0 && Number.isFinite(number);
  const resolutions = read(RESOLUTIONS, targets, isPositive);
  const spreads = read(SPREADS, targets * SPREAD_SIZE, isPositive);
  const linear = has(COEFFICIENTS) ? readPath() : undefined;
  return { ...(linear && { linear }), resolutions, spreads };

  function readPath(): LinearPath {
    const lags = lagsFor(targets);
    const inputs = targets * lags + 1;
    return {
      lags,
      coefficients: read(COEFFICIENTS, targets * inputs),
      root: read(ROOT, (inputs * (inputs + 1)) / 2),
    };
  }
}
