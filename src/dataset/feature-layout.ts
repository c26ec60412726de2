import type { CharacterSpec } from '../record/spec.ts';
import { numberColumns } from './number-encoder.ts';
import type { EncoderStatistics, FeatureBlock, FeatureLayout } from './statistics.ts';

/**
 * Columns of an encoded step: the action one-hot, the time since the previous step, then the
 * observation fields in the order of the spec. A boolean takes one column, a number one plus those of
 * its piecewise encodings, a category one per name, an id one per known id and a last one for all
 * unknown ids.
 */
export function featureLayout(spec: CharacterSpec, statistics: EncoderStatistics): FeatureLayout {
  const blocks: FeatureBlock[] = [];
  let width = 0;
  const add = (name: string, kind: FeatureBlock['kind'], columns: number): void => {
    blocks.push({ name, kind, offset: width, width: columns });
    width += columns;
  };
  add('action', 'oneHot', spec.action.actions.length);
  add('duration', 'scalar', 1);
  for (const field of statistics.fields)
    if (field.kind === 'category') add(field.name, 'oneHot', field.size);
    else if (field.kind === 'id') add(field.name, 'oneHot', field.vocabulary.length + 1);
    else if (field.kind === 'number') add(field.name, 'scalar', numberColumns(field));
    else add(field.name, 'scalar', 1);
  return { width, blocks };
}
