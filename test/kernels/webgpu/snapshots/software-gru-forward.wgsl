// result : read_write, inputs: recurrentWeights, recurrentBias, factors
// uniforms: windows : i32, steps : i32, recurrentWeights : i32, recurrentBias : i32, factors : i32
// 3 lanes
const H = 5;
fn sigmoid(x : f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0)));
}
fn squash(x : f32) -> f32 {
  return 1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, -20.0, 20.0)));
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / 3) * 8;
  let section = uniforms.windows * uniforms.steps * 5;
  let hiddenAt = 4 * section;
  let outputAt = 5 * section;
  let j0 = min(lane + 0, H - 1);
  let j1 = min(lane + 3, H - 1);
  // Cell states of an LSTM, hidden states of a GRU.
  var carry : array<f32, 16>;
  var sums : array<f32, 48>;
  for (var t = 0; t < uniforms.steps; t++) {
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
    var s2_0 = 0.0;
    var s2_1 = 0.0;
    var s2_2 = 0.0;
    var s2_3 = 0.0;
    var s2_4 = 0.0;
    var s2_5 = 0.0;
    var s2_6 = 0.0;
    var s2_7 = 0.0;
    var s3_0 = 0.0;
    var s3_1 = 0.0;
    var s3_2 = 0.0;
    var s3_3 = 0.0;
    var s3_4 = 0.0;
    var s3_5 = 0.0;
    var s3_6 = 0.0;
    var s3_7 = 0.0;
    var s4_0 = 0.0;
    var s4_1 = 0.0;
    var s4_2 = 0.0;
    var s4_3 = 0.0;
    var s4_4 = 0.0;
    var s4_5 = 0.0;
    var s4_6 = 0.0;
    var s4_7 = 0.0;
    var s5_0 = 0.0;
    var s5_1 = 0.0;
    var s5_2 = 0.0;
    var s5_3 = 0.0;
    var s5_4 = 0.0;
    var s5_5 = 0.0;
    var s5_6 = 0.0;
    var s5_7 = 0.0;
    if (t > 0) {
      let before0 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 0, uniforms.windows - 1)) * H;
      let before1 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 1, uniforms.windows - 1)) * H;
      let before2 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 2, uniforms.windows - 1)) * H;
      let before3 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 3, uniforms.windows - 1)) * H;
      let before4 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 4, uniforms.windows - 1)) * H;
      let before5 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 5, uniforms.windows - 1)) * H;
      let before6 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 6, uniforms.windows - 1)) * H;
      let before7 = hiddenAt + ((t - 1) * uniforms.windows + min(first + 7, uniforms.windows - 1)) * H;
      for (var k = 0; k < 5; k += 1) {
        {
          let row = uniforms.recurrentWeights + k * 15;
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 0 + j1];
          let w4 = recurrentWeights[row + 5 + j1];
          let w5 = recurrentWeights[row + 10 + j1];
          let x0 = result[before0 + k];
          let x1 = result[before1 + k];
          let x2 = result[before2 + k];
          let x3 = result[before3 + k];
          let x4 = result[before4 + k];
          let x5 = result[before5 + k];
          let x6 = result[before6 + k];
          let x7 = result[before7 + k];
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
          s4_0 += w4 * x0;
          s4_1 += w4 * x1;
          s4_2 += w4 * x2;
          s4_3 += w4 * x3;
          s4_4 += w4 * x4;
          s4_5 += w4 * x5;
          s4_6 += w4 * x6;
          s4_7 += w4 * x7;
          s5_0 += w5 * x0;
          s5_1 += w5 * x1;
          s5_2 += w5 * x2;
          s5_3 += w5 * x3;
          s5_4 += w5 * x4;
          s5_5 += w5 * x5;
          s5_6 += w5 * x6;
          s5_7 += w5 * x7;
        }
      }
    }
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
    sums[32] = s4_0;
    sums[33] = s4_1;
    sums[34] = s4_2;
    sums[35] = s4_3;
    sums[36] = s4_4;
    sums[37] = s4_5;
    sums[38] = s4_6;
    sums[39] = s4_7;
    sums[40] = s5_0;
    sums[41] = s5_1;
    sums[42] = s5_2;
    sums[43] = s5_3;
    sums[44] = s5_4;
    sums[45] = s5_5;
    sums[46] = s5_6;
    sums[47] = s5_7;
    for (var u = 0; u < 2; u++) {
      for (var row = 0; row < 8; row++) {
        let j = lane + u * 3;
        if (j < H && first + row < uniforms.windows) {
          let n = (t * uniforms.windows + first + row) * H;
          let at = 4 * n + j;
          let bias = uniforms.recurrentBias + j;
          let r = sigmoid(result[at] + sums[(u * 3 + 0) * 8 + row] + recurrentBias[bias]);
          let z = sigmoid(result[at + H] + sums[(u * 3 + 1) * 8 + row] + recurrentBias[bias + H]);
          let m = sums[(u * 3 + 2) * 8 + row] + recurrentBias[bias + 2 * H];
          let c = squash(result[at + 2 * H] + r * m);
          let h = c + z * (carry[u * 8 + row] - c);
          carry[u * 8 + row] = h;
          result[at] = r;
          result[at + H] = z;
          result[at + 2 * H] = c;
          result[at + 3 * H] = m;
          result[hiddenAt + n + j] = h;
          result[outputAt + n + j] = h * factors[uniforms.factors + n + j];
        }
      }
    }
    storageBarrier();
  }
}
