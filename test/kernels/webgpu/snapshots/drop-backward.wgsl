// result : read_write, inputs: batch
// uniforms: places : i32, windows : i32, steps : i32
// 64 lanes
fn main(index : i32) {
  if (index < uniforms.places * 7) {
    result[141 * uniforms.places + index] = select(0.0, result[141 * uniforms.places + index] * batch[69 * uniforms.places + index], result[74 * uniforms.places + index] > 0.0);
  }
}
