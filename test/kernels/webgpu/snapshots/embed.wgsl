// result : read_write, inputs: batch, weights
// 64 lanes
fn main(index : i32) {
  if (index >= uniforms.places * 14) {
    return;
  }
  let n = index / 14;
  let column = index - n * 14;
  let row = n * 18;
  var value = 0.0;
  // The column of the features that passes through; -1 = none.
  var source = column;
  if (column >= 3) {
    source = column + 2;
  } else if (column >= 1) {
    for (var k = 0; k < 4; k++) {
      value += batch[0 * uniforms.places + row + 1 + k] * weights[0 + k * 2 + column - 1];
    }
    source = -1;
  }
  if (column >= 7) {
    source = column + 4;
  } else if (column >= 4) {
    for (var k = 0; k < 5; k++) {
      value += batch[0 * uniforms.places + row + 6 + k] * weights[8 + k * 3 + column - 4];
    }
    source = -1;
  }
  if (source >= 0) {
    value = batch[0 * uniforms.places + row + source];
  }
  result[0 * uniforms.places + index] = value * batch[50 * uniforms.places + index];
}
