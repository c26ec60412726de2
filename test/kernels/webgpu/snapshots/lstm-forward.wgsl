// result : read_write, inputs: recurrentWeights, factors
// uniforms: windows : i32, steps : i32, recurrentWeights : i32, recurrentBias : i32, factors : i32
// 5 lanes
const H = 5;
var<workgroup> hidden : array<vec4<f32>, 10>;
fn sigmoid(x : f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0)));
}
fn squash(x : f32) -> f32 {
  return 1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, -20.0, 20.0)));
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / 5) * 4;
  let section = uniforms.windows * uniforms.steps * 5;
  let cellAt = 4 * section;
  let hiddenAt = 5 * section;
  let outputAt = 6 * section;
  let j0 = min(lane + 0, H - 1);
  // Cell states of an LSTM, hidden states of a GRU.
  var carry : array<f32, 4>;
  for (var t = 0; t < uniforms.steps; t++) {
    let now = (t & 1) * 5;
    let next = 5 - now;
    var s0_0 = 0.0;
    var s0_1 = 0.0;
    var s0_2 = 0.0;
    var s0_3 = 0.0;
    var s1_0 = 0.0;
    var s1_1 = 0.0;
    var s1_2 = 0.0;
    var s1_3 = 0.0;
    var s2_0 = 0.0;
    var s2_1 = 0.0;
    var s2_2 = 0.0;
    var s2_3 = 0.0;
    var s3_0 = 0.0;
    var s3_1 = 0.0;
    var s3_2 = 0.0;
    var s3_3 = 0.0;
    if (t > 0) {
      for (var k = 0; k < 4; k += 4) {
        {
          let row = uniforms.recurrentWeights + k * 20;
          let h0 = hidden[now + 0 + k];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let x0 = h0[0];
          let x1 = h0[1];
          let x2 = h0[2];
          let x3 = h0[3];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s0_2 += w0 * x2;
          s0_3 += w0 * x3;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s1_2 += w1 * x2;
          s1_3 += w1 * x3;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s2_2 += w2 * x2;
          s2_3 += w2 * x3;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s3_2 += w3 * x2;
          s3_3 += w3 * x3;
        }
        {
          let row = uniforms.recurrentWeights + (k + 1) * 20;
          let h0 = hidden[now + 0 + (k + 1)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let x0 = h0[0];
          let x1 = h0[1];
          let x2 = h0[2];
          let x3 = h0[3];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s0_2 += w0 * x2;
          s0_3 += w0 * x3;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s1_2 += w1 * x2;
          s1_3 += w1 * x3;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s2_2 += w2 * x2;
          s2_3 += w2 * x3;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s3_2 += w3 * x2;
          s3_3 += w3 * x3;
        }
        {
          let row = uniforms.recurrentWeights + (k + 2) * 20;
          let h0 = hidden[now + 0 + (k + 2)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let x0 = h0[0];
          let x1 = h0[1];
          let x2 = h0[2];
          let x3 = h0[3];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s0_2 += w0 * x2;
          s0_3 += w0 * x3;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s1_2 += w1 * x2;
          s1_3 += w1 * x3;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s2_2 += w2 * x2;
          s2_3 += w2 * x3;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s3_2 += w3 * x2;
          s3_3 += w3 * x3;
        }
        {
          let row = uniforms.recurrentWeights + (k + 3) * 20;
          let h0 = hidden[now + 0 + (k + 3)];
          let w0 = recurrentWeights[row + 0 + j0];
          let w1 = recurrentWeights[row + 5 + j0];
          let w2 = recurrentWeights[row + 10 + j0];
          let w3 = recurrentWeights[row + 15 + j0];
          let x0 = h0[0];
          let x1 = h0[1];
          let x2 = h0[2];
          let x3 = h0[3];
          s0_0 += w0 * x0;
          s0_1 += w0 * x1;
          s0_2 += w0 * x2;
          s0_3 += w0 * x3;
          s1_0 += w1 * x0;
          s1_1 += w1 * x1;
          s1_2 += w1 * x2;
          s1_3 += w1 * x3;
          s2_0 += w2 * x0;
          s2_1 += w2 * x1;
          s2_2 += w2 * x2;
          s2_3 += w2 * x3;
          s3_0 += w3 * x0;
          s3_1 += w3 * x1;
          s3_2 += w3 * x2;
          s3_3 += w3 * x3;
        }
      }
      {
        let row = uniforms.recurrentWeights + 4 * 20;
        let h0 = hidden[now + 0 + 4];
        let w0 = recurrentWeights[row + 0 + j0];
        let w1 = recurrentWeights[row + 5 + j0];
        let w2 = recurrentWeights[row + 10 + j0];
        let w3 = recurrentWeights[row + 15 + j0];
        let x0 = h0[0];
        let x1 = h0[1];
        let x2 = h0[2];
        let x3 = h0[3];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s1_2 += w1 * x2;
        s1_3 += w1 * x3;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
        s2_2 += w2 * x2;
        s2_3 += w2 * x3;
        s3_0 += w3 * x0;
        s3_1 += w3 * x1;
        s3_2 += w3 * x2;
        s3_3 += w3 * x3;
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_0);
        let f = sigmoid(result[at + H] + s1_0);
        let g = squash(result[at + 2 * H] + s2_0);
        let o = sigmoid(result[at + 3 * H] + s3_0);
        let c = f * carry[0 * 4 + 0] + i * g;
        let h = o * squash(c);
        carry[0 * 4 + 0] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        result[outputAt + n + j] = h * factors[uniforms.factors + n + j];
        hidden[next + 0 + j][0] = h;
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_1);
        let f = sigmoid(result[at + H] + s1_1);
        let g = squash(result[at + 2 * H] + s2_1);
        let o = sigmoid(result[at + 3 * H] + s3_1);
        let c = f * carry[0 * 4 + 1] + i * g;
        let h = o * squash(c);
        carry[0 * 4 + 1] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        result[outputAt + n + j] = h * factors[uniforms.factors + n + j];
        hidden[next + 0 + j][1] = h;
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 2 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 2) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_2);
        let f = sigmoid(result[at + H] + s1_2);
        let g = squash(result[at + 2 * H] + s2_2);
        let o = sigmoid(result[at + 3 * H] + s3_2);
        let c = f * carry[0 * 4 + 2] + i * g;
        let h = o * squash(c);
        carry[0 * 4 + 2] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        result[outputAt + n + j] = h * factors[uniforms.factors + n + j];
        hidden[next + 0 + j][2] = h;
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 3 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 3) * H;
        let at = 4 * n + j;
        let i = sigmoid(result[at] + s0_3);
        let f = sigmoid(result[at + H] + s1_3);
        let g = squash(result[at + 2 * H] + s2_3);
        let o = sigmoid(result[at + 3 * H] + s3_3);
        let c = f * carry[0 * 4 + 3] + i * g;
        let h = o * squash(c);
        carry[0 * 4 + 3] = c;
        result[at] = i;
        result[at + H] = f;
        result[at + 2 * H] = g;
        result[at + 3 * H] = o;
        result[cellAt + n + j] = c;
        result[hiddenAt + n + j] = h;
        result[outputAt + n + j] = h * factors[uniforms.factors + n + j];
        hidden[next + 0 + j][3] = h;
      }
    }
    workgroupBarrier();
  }
}
