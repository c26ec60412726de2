import type { EmbedNode } from '../../network/graph.ts';
import { element, inputsOf } from './wgsl.ts';
import type { Place, Program, Sources } from './wgsl.ts';

const LANES = 64;

/**
 * out [N, I]: the features [N, F] with each embedded one-hot block replaced by its product with the block's
 * table, times dropout factors. A lane computes one element.
 */
export function embedProgram(node: EmbedNode, out: Place, sources: Sources): Program {
  const { inputs, width, blocks } = node;
  const features = sources.given('features');
  const factors = sources.factors(node);
  const tables = blocks.map(({ table }) => sources.weights(table));
  const branches = blocks.map(
    ({ offset, categories, column, units }, i) => `if (column >= ${column + units}) {
    source = column + ${offset + categories - column - units};
  } else if (column >= ${column}) {
    for (var k = 0; k < ${categories}; k++) {
      value += ${element(features, `row + ${offset} + k`)} * ${element(tables[i], `k * ${units} + column - ${column}`)};
    }
    source = -1;
  }`,
  );
  return {
    groups: ({ places }) => Math.ceil((places * width) / LANES),
    name: 'Embed',
    inputs: inputsOf(features, factors, ...tables),
    lanes: LANES,
    code: `
fn main(index : i32) {
  if (index >= uniforms.places * ${width}) {
    return;
  }
  let n = index / ${width};
  let column = index - n * ${width};
  let row = n * ${inputs};
  var value = 0.0;
  // The column of the features that passes through; -1 = none.
  var source = column;
  ${branches.join('\n  ')}
  if (source >= 0) {
    value = ${element(features, 'row + source')};
  }
  ${element(out, 'index')} = value${factors ? ` * ${element(factors, 'index')}` : ''};
}`,
  };
}
