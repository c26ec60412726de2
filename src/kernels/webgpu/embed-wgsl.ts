import type { EmbeddingShape } from '../../network/shape.ts';
import type { Wgsl } from './wgsl.ts';

export interface EmbedText {
  /** F. */
  readonly features: number;
  /** Ascending by offset; `table` is the first element of its table in the weights. */
  readonly embeddings: readonly (EmbeddingShape & { readonly table: number })[];
  /** The result is multiplied by dropout factors. */
  readonly dropout: boolean;
}

const LANES = 64;

export function embeddedWidth({ features, embeddings }: EmbedText): number {
  return embeddings.reduce((width, e) => width - e.categories + e.units, features);
}

/** Workgroups for `places` places. */
export function embedGroups(text: EmbedText, places: number): number {
  return Math.ceil((places * embeddedWidth(text)) / LANES);
}

/**
 * result[N, I]: the features [N, F] with each embedded one-hot block replaced by its product with
 * the block's table, times dropout factors. A lane computes one element.
 */
export function embedWgsl(text: EmbedText): Wgsl {
  const { features, embeddings, dropout } = text;
  const width = embeddedWidth(text);
  let shift = 0;
  const branches = embeddings.map(({ offset, categories, units, table }) => {
    const start = offset + shift;
    shift += units - categories;
    return `if (column >= ${start + units}) {
    source = column - ${shift};
  } else if (column >= ${start}) {
    for (var k = 0; k < ${categories}; k++) {
      value += batch[row + ${offset} + k] * weights[${table - start} + k * ${units} + column];
    }
    source = -1;
  }`;
  });
  return {
    name: 'Embed',
    inputs: ['batch', ...(embeddings.length ? ['weights'] : [])],
    uniforms: { places: 'i32', features: 'i32', factors: 'i32' },
    lanes: LANES,
    code: `
fn main(index : i32) {
  if (index >= uniforms.places * ${width}) {
    return;
  }
  let n = index / ${width};
  let column = index - n * ${width};
  let row = uniforms.features + n * ${features};
  var value = 0.0;
  // The column of the features that passes through; -1 = none.
  var source = column;
  ${branches.join('\n  ')}
  if (source >= 0) {
    value = batch[row + source];
  }
  result[index] = value${dropout ? ' * batch[uniforms.factors + index]' : ''};
}`,
  };
}
