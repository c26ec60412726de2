// result : read_write, inputs: x, weights, factors
// uniforms: rows : i32, x : i32, xStride : i32, weights : i32, bias : i32, bias2 : i32, factors : i32, out : i32, outStride : i32
// 4 lanes
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 4;
  let first = (group / 1) * 8;
  let column = (group % 1) * 8 + lane;
  let n0 = uniforms.x + min(first + 0, uniforms.rows - 1) * uniforms.xStride;
  let n1 = uniforms.x + min(first + 1, uniforms.rows - 1) * uniforms.xStride;
  let n2 = uniforms.x + min(first + 2, uniforms.rows - 1) * uniforms.xStride;
  let n3 = uniforms.x + min(first + 3, uniforms.rows - 1) * uniforms.xStride;
  let n4 = uniforms.x + min(first + 4, uniforms.rows - 1) * uniforms.xStride;
  let n5 = uniforms.x + min(first + 5, uniforms.rows - 1) * uniforms.xStride;
  let n6 = uniforms.x + min(first + 6, uniforms.rows - 1) * uniforms.xStride;
  let n7 = uniforms.x + min(first + 7, uniforms.rows - 1) * uniforms.xStride;
  let c0 = min(column + 0, 7);
  let c1 = min(column + 4, 7);
  var s0_0 = 0.0;
  var s0_1 = 0.0;
  var s0_2 = 0.0;
  var s0_3 = 0.0;
  var s0_4 = 0.0;
  var s0_5 = 0.0;
  var s0_6 = 0.0;
  var s0_7 = 0.0;
  var s1_0 = 0.0;
  var s1_1 = 0.0;
  var s1_2 = 0.0;
  var s1_3 = 0.0;
  var s1_4 = 0.0;
  var s1_5 = 0.0;
  var s1_6 = 0.0;
  var s1_7 = 0.0;
  for (var k = 0; k < 15; k += 1) {
    {
      let at = uniforms.weights + k * 8;
      let w0 = weights[at + c0];
      let w1 = weights[at + c1];
      let x0 = x[n0 + k];
      let x1 = x[n1 + k];
      let x2 = x[n2 + k];
      let x3 = x[n3 + k];
      let x4 = x[n4 + k];
      let x5 = x[n5 + k];
      let x6 = x[n6 + k];
      let x7 = x[n7 + k];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
      s0_2 += w0 * x2;
      s0_3 += w0 * x3;
      s0_4 += w0 * x4;
      s0_5 += w0 * x5;
      s0_6 += w0 * x6;
      s0_7 += w0 * x7;
      s1_0 += w1 * x0;
      s1_1 += w1 * x1;
      s1_2 += w1 * x2;
      s1_3 += w1 * x3;
      s1_4 += w1 * x4;
      s1_5 += w1 * x5;
      s1_6 += w1 * x6;
      s1_7 += w1 * x7;
    }
  }
  var sums : array<f32, 16>;
  sums[0] = s0_0;
  sums[1] = s0_1;
  sums[2] = s0_2;
  sums[3] = s0_3;
  sums[4] = s0_4;
  sums[5] = s0_5;
  sums[6] = s0_6;
  sums[7] = s0_7;
  sums[8] = s1_0;
  sums[9] = s1_1;
  sums[10] = s1_2;
  sums[11] = s1_3;
  sums[12] = s1_4;
  sums[13] = s1_5;
  sums[14] = s1_6;
  sums[15] = s1_7;
  for (var q = 0; q < 2; q++) {
    for (var r = 0; r < 8; r++) {
      let c = column + q * 4;
      if (c < 8) {
        let n = min(first + r, uniforms.rows - 1);
        result[uniforms.out + n * uniforms.outStride + c] = sums[q * 8 + r] * factors[uniforms.factors + n * 8 + c];
      }
    }
  }
}
