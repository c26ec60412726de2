// result : read_write, inputs: x, weights, bias
// uniforms: rows : i32, x : i32, xStride : i32, weights : i32, bias : i32, bias2 : i32, factors : i32, out : i32, outStride : i32
// 4 lanes
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 4;
  let first = (group / 1) * 8;
  let column = (group % 1) * 16 + lane;
  let n0 = uniforms.x + min(first + 0, uniforms.rows - 1) * uniforms.xStride;
  let n1 = uniforms.x + min(first + 1, uniforms.rows - 1) * uniforms.xStride;
  let n2 = uniforms.x + min(first + 2, uniforms.rows - 1) * uniforms.xStride;
  let n3 = uniforms.x + min(first + 3, uniforms.rows - 1) * uniforms.xStride;
  let n4 = uniforms.x + min(first + 4, uniforms.rows - 1) * uniforms.xStride;
  let n5 = uniforms.x + min(first + 5, uniforms.rows - 1) * uniforms.xStride;
  let n6 = uniforms.x + min(first + 6, uniforms.rows - 1) * uniforms.xStride;
  let n7 = uniforms.x + min(first + 7, uniforms.rows - 1) * uniforms.xStride;
  let c0 = min(column + 0, 14);
  let c1 = min(column + 4, 14);
  let c2 = min(column + 8, 14);
  let c3 = min(column + 12, 14);
  var s0_0 = bias[uniforms.bias + c0];
  var s0_1 = bias[uniforms.bias + c0];
  var s0_2 = bias[uniforms.bias + c0];
  var s0_3 = bias[uniforms.bias + c0];
  var s0_4 = bias[uniforms.bias + c0];
  var s0_5 = bias[uniforms.bias + c0];
  var s0_6 = bias[uniforms.bias + c0];
  var s0_7 = bias[uniforms.bias + c0];
  var s1_0 = bias[uniforms.bias + c1];
  var s1_1 = bias[uniforms.bias + c1];
  var s1_2 = bias[uniforms.bias + c1];
  var s1_3 = bias[uniforms.bias + c1];
  var s1_4 = bias[uniforms.bias + c1];
  var s1_5 = bias[uniforms.bias + c1];
  var s1_6 = bias[uniforms.bias + c1];
  var s1_7 = bias[uniforms.bias + c1];
  var s2_0 = bias[uniforms.bias + c2];
  var s2_1 = bias[uniforms.bias + c2];
  var s2_2 = bias[uniforms.bias + c2];
  var s2_3 = bias[uniforms.bias + c2];
  var s2_4 = bias[uniforms.bias + c2];
  var s2_5 = bias[uniforms.bias + c2];
  var s2_6 = bias[uniforms.bias + c2];
  var s2_7 = bias[uniforms.bias + c2];
  var s3_0 = bias[uniforms.bias + c3];
  var s3_1 = bias[uniforms.bias + c3];
  var s3_2 = bias[uniforms.bias + c3];
  var s3_3 = bias[uniforms.bias + c3];
  var s3_4 = bias[uniforms.bias + c3];
  var s3_5 = bias[uniforms.bias + c3];
  var s3_6 = bias[uniforms.bias + c3];
  var s3_7 = bias[uniforms.bias + c3];
  for (var k = 0; k < 8; k += 1) {
    {
      let at = uniforms.weights + k * 15;
      let w0 = weights[at + c0];
      let w1 = weights[at + c1];
      let w2 = weights[at + c2];
      let w3 = weights[at + c3];
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
      s2_0 += w2 * x0;
      s2_1 += w2 * x1;
      s2_2 += w2 * x2;
      s2_3 += w2 * x3;
      s2_4 += w2 * x4;
      s2_5 += w2 * x5;
      s2_6 += w2 * x6;
      s2_7 += w2 * x7;
      s3_0 += w3 * x0;
      s3_1 += w3 * x1;
      s3_2 += w3 * x2;
      s3_3 += w3 * x3;
      s3_4 += w3 * x4;
      s3_5 += w3 * x5;
      s3_6 += w3 * x6;
      s3_7 += w3 * x7;
    }
  }
  var sums : array<f32, 32>;
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
  sums[16] = s2_0;
  sums[17] = s2_1;
  sums[18] = s2_2;
  sums[19] = s2_3;
  sums[20] = s2_4;
  sums[21] = s2_5;
  sums[22] = s2_6;
  sums[23] = s2_7;
  sums[24] = s3_0;
  sums[25] = s3_1;
  sums[26] = s3_2;
  sums[27] = s3_3;
  sums[28] = s3_4;
  sums[29] = s3_5;
  sums[30] = s3_6;
  sums[31] = s3_7;
  for (var q = 0; q < 4; q++) {
    for (var r = 0; r < 8; r++) {
      let c = column + q * 4;
      if (c < 15) {
        let n = min(first + r, uniforms.rows - 1);
        result[uniforms.out + n * uniforms.outStride + c] = sums[q * 8 + r];
      }
    }
  }
}
