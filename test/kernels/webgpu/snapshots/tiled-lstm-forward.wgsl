// result : read_write, inputs: recurrentWeights
// uniforms: windows : i32, steps : i32, recurrentWeights : i32, recurrentBias : i32, factors : i32
// 2 lanes
const H = 5;
var<workgroup> hidden : array<vec2<f32>, 10>;
fn sigmoid(x : f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0)));
}
fn squash(x : f32) -> f32 {
  return 1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, -20.0, 20.0)));
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / 2) * 2;
  let section = uniforms.windows * uniforms.steps * 5;
  let cellAt = 4 * section;
  let hiddenAt = 5 * section;
  let j0 = min(lane + 0, H - 1);
  let j1 = min(lane + 2, H - 1);
  let j2 = min(lane + 4, H - 1);
  // Cell states of an LSTM, hidden states of a GRU.
  var carry : array<f32, 6>;
  for (var t = 0; t < uniforms.steps; t++) {
    let now = (t & 1) * 5;
    let next = 5 - now;
    var s0_0 = 0.0;
    var s0_1 = 0.0;
    var s1_0 = 0.0;
    var s1_1 = 0.0;
    var s2_0 = 0.0;
    var s2_1 = 0.0;
    var s3_0 = 0.0;
    var s3_1 = 0.0;
    var s4_0 = 0.0;
    var s4_1 = 0.0;
    var s5_0 = 0.0;
    var s5_1 = 0.0;
    var s6_0 = 0.0;
    var s6_1 = 0.0;
    var s7_0 = 0.0;
    var s7_1 = 0.0;
    var s8_0 = 0.0;
    var s8_1 = 0.0;
    var s9_0 = 0.0;
    var s9_1 = 0.0;
    var s10_0 = 0.0;
    var s10_1 = 0.0;
    var s11_0 = 0.0;
    var s11_1 = 0.0;
    if (t > 0) {
      for (var k = 0; k < 4; k += 4) {
        {
          let row = uniforms.recurrentWeights + k * 20;
          let h0 = hidden[now + 0 + k];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let w4 = recurrentWeights[row + 0 + j1];
          let w5 = recurrentWeights[row + 5 + j1];
          let w6 = recurrentWeights[row + 10 + j1];
          let w7 = recurrentWeights[row + 15 + j1];
          let w8 = recurrentWeights[row + 0 + j2];
          let w9 = recurrentWeights[row + 5 + j2];
          let w10 = recurrentWeights[row + 10 + j2];
          let w11 = recurrentWeights[row + 15 + j2];
          let x0 = h0[0];
          let x1 = h0[1];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s4_0 += w4 * x0;
          s4_1 += w4 * x1;
          s5_0 += w5 * x0;
          s5_1 += w5 * x1;
          s6_0 += w6 * x0;
          s6_1 += w6 * x1;
          s7_0 += w7 * x0;
          s7_1 += w7 * x1;
          s8_0 += w8 * x0;
          s8_1 += w8 * x1;
          s9_0 += w9 * x0;
          s9_1 += w9 * x1;
          s10_0 += w10 * x0;
          s10_1 += w10 * x1;
          s11_0 += w11 * x0;
          s11_1 += w11 * x1;
        }
        {
          let row = uniforms.recurrentWeights + (k + 1) * 20;
          let h0 = hidden[now + 0 + (k + 1)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let w4 = recurrentWeights[row + 0 + j1];
          let w5 = recurrentWeights[row + 5 + j1];
          let w6 = recurrentWeights[row + 10 + j1];
          let w7 = recurrentWeights[row + 15 + j1];
          let w8 = recurrentWeights[row + 0 + j2];
          let w9 = recurrentWeights[row + 5 + j2];
          let w10 = recurrentWeights[row + 10 + j2];
          let w11 = recurrentWeights[row + 15 + j2];
          let x0 = h0[0];
          let x1 = h0[1];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s4_0 += w4 * x0;
          s4_1 += w4 * x1;
          s5_0 += w5 * x0;
          s5_1 += w5 * x1;
          s6_0 += w6 * x0;
          s6_1 += w6 * x1;
          s7_0 += w7 * x0;
          s7_1 += w7 * x1;
          s8_0 += w8 * x0;
          s8_1 += w8 * x1;
          s9_0 += w9 * x0;
          s9_1 += w9 * x1;
          s10_0 += w10 * x0;
          s10_1 += w10 * x1;
          s11_0 += w11 * x0;
          s11_1 += w11 * x1;
        }
        {
          let row = uniforms.recurrentWeights + (k + 2) * 20;
          let h0 = hidden[now + 0 + (k + 2)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let w4 = recurrentWeights[row + 0 + j1];
          let w5 = recurrentWeights[row + 5 + j1];
          let w6 = recurrentWeights[row + 10 + j1];
          let w7 = recurrentWeights[row + 15 + j1];
          let w8 = recurrentWeights[row + 0 + j2];
          let w9 = recurrentWeights[row + 5 + j2];
          let w10 = recurrentWeights[row + 10 + j2];
          let w11 = recurrentWeights[row + 15 + j2];
          let x0 = h0[0];
          let x1 = h0[1];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s4_0 += w4 * x0;
          s4_1 += w4 * x1;
          s5_0 += w5 * x0;
          s5_1 += w5 * x1;
          s6_0 += w6 * x0;
          s6_1 += w6 * x1;
          s7_0 += w7 * x0;
          s7_1 += w7 * x1;
          s8_0 += w8 * x0;
          s8_1 += w8 * x1;
          s9_0 += w9 * x0;
          s9_1 += w9 * x1;
          s10_0 += w10 * x0;
          s10_1 += w10 * x1;
          s11_0 += w11 * x0;
          s11_1 += w11 * x1;
        }
        {
          let row = uniforms.recurrentWeights + (k + 3) * 20;
          let h0 = hidden[now + 0 + (k + 3)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let w4 = recurrentWeights[row + 0 + j1];
          let w5 = recurrentWeights[row + 5 + j1];
          let w6 = recurrentWeights[row + 10 + j1];
          let w7 = recurrentWeights[row + 15 + j1];
          let w8 = recurrentWeights[row + 0 + j2];
          let w9 = recurrentWeights[row + 5 + j2];
          let w10 = recurrentWeights[row + 10 + j2];
          let w11 = recurrentWeights[row + 15 + j2];
          let x0 = h0[0];
          let x1 = h0[1];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s4_0 += w4 * x0;
          s4_1 += w4 * x1;
          s5_0 += w5 * x0;
          s5_1 += w5 * x1;
          s6_0 += w6 * x0;
          s6_1 += w6 * x1;
          s7_0 += w7 * x0;
          s7_1 += w7 * x1;
          s8_0 += w8 * x0;
          s8_1 += w8 * x1;
          s9_0 += w9 * x0;
          s9_1 += w9 * x1;
          s10_0 += w10 * x0;
          s10_1 += w10 * x1;
          s11_0 += w11 * x0;
          s11_1 += w11 * x1;
        }
      }
      {
        let row = uniforms.recurrentWeights + 4 * 20;
        let h0 = hidden[now + 0 + 4];
        let w0 = recurrentWeights[row + 0 + j0];
        let w1 = recurrentWeights[row + 5 + j0];
        let w2 = recurrentWeights[row + 10 + j0];
        let w3 = recurrentWeights[row + 15 + j0];
        let w4 = recurrentWeights[row + 0 + j1];
        let w5 = recurrentWeights[row + 5 + j1];
        let w6 = recurrentWeights[row + 10 + j1];
        let w7 = recurrentWeights[row + 15 + j1];
        let w8 = recurrentWeights[row + 0 + j2];
        let w9 = recurrentWeights[row + 5 + j2];
        let w10 = recurrentWeights[row + 10 + j2];
        let w11 = recurrentWeights[row + 15 + j2];
        let x0 = h0[0];
        let x1 = h0[1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
        s3_0 += w3 * x0;
        s3_1 += w3 * x1;
        s4_0 += w4 * x0;
        s4_1 += w4 * x1;
        s5_0 += w5 * x0;
        s5_1 += w5 * x1;
        s6_0 += w6 * x0;
        s6_1 += w6 * x1;
        s7_0 += w7 * x0;
        s7_1 += w7 * x1;
        s8_0 += w8 * x0;
        s8_1 += w8 * x1;
        s9_0 += w9 * x0;
        s9_1 += w9 * x1;
        s10_0 += w10 * x0;
        s10_1 += w10 * x1;
        s11_0 += w11 * x0;
        s11_1 += w11 * x1;
      }
    }
    {
      let j = lane + 0 * 2;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_0);
        let f = sigmoid(result[at + H] + s1_0);
        let g = squash(result[at + 2 * H] + s2_0);
        let o = sigmoid(result[at + 3 * H] + s3_0);
        let c = f * carry[0 * 2 + 0] + i * g;
        let h = o * squash(c);
        carry[0 * 2 + 0] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][0] = h;
      }
    }
    {
      let j = lane + 0 * 2;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_1);
        let f = sigmoid(result[at + H] + s1_1);
        let g = squash(result[at + 2 * H] + s2_1);
        let o = sigmoid(result[at + 3 * H] + s3_1);
        let c = f * carry[0 * 2 + 1] + i * g;
        let h = o * squash(c);
        carry[0 * 2 + 1] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][1] = h;
      }
    }
    {
      let j = lane + 1 * 2;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s4_0);
        let f = sigmoid(result[at + H] + s5_0);
        let g = squash(result[at + 2 * H] + s6_0);
        let o = sigmoid(result[at + 3 * H] + s7_0);
        let c = f * carry[1 * 2 + 0] + i * g;
        let h = o * squash(c);
        carry[1 * 2 + 0] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][0] = h;
      }
    }
    {
      let j = lane + 1 * 2;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s4_1);
        let f = sigmoid(result[at + H] + s5_1);
        let g = squash(result[at + 2 * H] + s6_1);
        let o = sigmoid(result[at + 3 * H] + s7_1);
        let c = f * carry[1 * 2 + 1] + i * g;
        let h = o * squash(c);
        carry[1 * 2 + 1] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][1] = h;
      }
    }
    {
      let j = lane + 2 * 2;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s8_0);
        let f = sigmoid(result[at + H] + s9_0);
        let g = squash(result[at + 2 * H] + s10_0);
        let o = sigmoid(result[at + 3 * H] + s11_0);
        let c = f * carry[2 * 2 + 0] + i * g;
        let h = o * squash(c);
        carry[2 * 2 + 0] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][0] = h;
      }
    }
    {
      let j = lane + 2 * 2;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s8_1);
        let f = sigmoid(result[at + H] + s9_1);
        let g = squash(result[at + 2 * H] + s10_1);
        let o = sigmoid(result[at + 3 * H] + s11_1);
        let c = f * carry[2 * 2 + 1] + i * g;
        let h = o * squash(c);
        carry[2 * 2 + 1] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        hidden[next + 0 + j][1] = h;
      }
    }
    workgroupBarrier();
  }
}
