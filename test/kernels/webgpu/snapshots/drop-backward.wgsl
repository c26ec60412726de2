// result : read_write, inputs: batch
// 64 lanes
fn main(index : i32) {
  if (index < uniforms.places * 7) {
    result[141 * uniforms.places + index] = select(0.0, result[141 * uniforms.places + index] * batch[69 * uniforms.places + index], result[74 * uniforms.places + index] > 0.0);
  }
}
