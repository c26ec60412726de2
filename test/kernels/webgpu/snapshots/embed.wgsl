// result : read_write, inputs: batch, weights
// uniforms: places : i32, features : i32, factors : i32
// 64 lanes
fn main(index : i32) {
  if (index >= uniforms.places * 8) {
    return;
  }
  let n = index / 8;
  let column = index - n * 8;
  let row = uniforms.features + n * 12;
  var value = 0.0;
  // The column of the features that passes through; -1 = none.
  var source = column;
  if (column >= 3) {
    source = column - -2;
  } else if (column >= 1) {
    for (var k = 0; k < 4; k++) {
      value += batch[row + 1 + k] * weights[-1 + k * 2 + column];
    }
    source = -1;
  }
  if (column >= 7) {
    source = column - -4;
  } else if (column >= 4) {
    for (var k = 0; k < 5; k++) {
      value += batch[row + 6 + k] * weights[4 + k * 3 + column];
    }
    source = -1;
  }
  if (source >= 0) {
    value = batch[row + source];
  }
  result[index] = value * batch[uniforms.factors + index];
}
