import { spansOf } from '../record/columns.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { numberColumns } from './number-encoder.ts';
import type {
  EncoderStatistics,
  FeatureBlock,
  FeatureLayout,
  FieldStatistics,
} from './statistics.ts';

/**
 * Columns of an encoded step: the action one-hot, the time since the previous step, then the
 * observation fields in the order of the spec. A boolean takes one column, a number one plus those of
 * its piecewise encodings, a category one per name, an id one per known id and a last one for all
 * unknown ids. A vector takes one per number; together they are one block.
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
  for (const { field, first, columns } of spansOf(spec)) {
    const fitted = statistics.fields.slice(first, first + columns.length);
    const isOneHot = field.kind === 'category' || field.kind === 'id';
    const widths = fitted.map(widthOf);
    add(
      field.name,
      isOneHot ? 'oneHot' : 'scalar',
      widths.reduce((sum, one) => sum + one, 0),
    );
  }
  return { width, blocks };
}

/** Feature columns of one column of an episode. */
function widthOf(field: FieldStatistics): number {
  switch (field.kind) {
    case 'number':
      return numberColumns(field);
    case 'boolean':
      return 1;
    case 'category':
      return field.size;
    case 'id':
      return field.vocabulary.length + 1;
    default:
      return field satisfies never;
  }
}
