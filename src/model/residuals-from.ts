import type { LinearPath } from '../dataset/linear-path.ts';
import type { ValueTable } from '../dataset/value-table.ts';
import type { ModelConfig } from './config.ts';

/** The linear path whose residuals a network predicts; undefined where it predicts values or their changes. */
export const residualsFrom = (
  { valueTarget }: Pick<ModelConfig, 'valueTarget'>,
  values: ValueTable | undefined,
): LinearPath | undefined => (valueTarget === 'residual' ? values?.linear : undefined);
