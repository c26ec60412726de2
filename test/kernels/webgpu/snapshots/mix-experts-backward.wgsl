// result : read_write, inputs: batch
// 64 lanes
fn main(index : i32) {
  let n = index / 6;
  let g = index % 6;
  if (n >= uniforms.places) {
    return;
  }
  let row = 49 * uniforms.places + n * 19;
  let gate = row + select(g + 9, g + 9, g >= 3);
  if (batch[18 * uniforms.places + n] == 0.0) {
    result[gate] = 0.0;
    return;
  }
  var sum = 0.0;
  if (g >= 0 && g < 3) {
    let vote = 29 * uniforms.places + (n * 3 + g - 0) * 4;
    for (var a = 0; a < 4; a++) {
      sum += result[row + 0 + a] * batch[vote + a];
    }
  }
  if (g >= 3 && g < 6) {
    let vote = 41 * uniforms.places + (n * 3 + g - 3) * 3;
    for (var a = 0; a < 3; a++) {
      sum += result[row + 4 + a] * batch[vote + a];
    }
  }
  result[gate] = sum / (1.0 + exp(-clamp(result[gate], -40.0, 40.0)));
}
