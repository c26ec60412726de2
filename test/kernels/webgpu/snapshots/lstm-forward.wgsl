// result : read_write, inputs: weights, batch
// 5 lanes
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
  let first = (index / 5) * 2;
  let gatesAt = 14 * uniforms.places;
  let cellAt = 34 * uniforms.places;
  let hiddenAt = 39 * uniforms.places;
  let outputAt = 44 * uniforms.places;
  let j0 = min(lane + 0, H - 1);
  // Cell states of an LSTM, hidden states of a GRU.
  var carry : array<f32, 2>;
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
    if (t > 0) {
      for (var k = 0; k < 4; k += 4) {
        {
          let row = 303 + k * 20;
          let h0 = hidden[now + 0 + k];
          let w0 = weights[row + 0 + j0];
          let w1 = weights[row + 5 + j0];
          let w2 = weights[row + 10 + j0];
          let w3 = weights[row + 15 + j0];
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
        }
        {
          let row = 303 + (k + 1) * 20;
          let h0 = hidden[now + 0 + (k + 1)];
          let w0 = weights[row + 0 + j0];
          let w1 = weights[row + 5 + j0];
          let w2 = weights[row + 10 + j0];
          let w3 = weights[row + 15 + j0];
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
        }
        {
          let row = 303 + (k + 2) * 20;
          let h0 = hidden[now + 0 + (k + 2)];
          let w0 = weights[row + 0 + j0];
          let w1 = weights[row + 5 + j0];
          let w2 = weights[row + 10 + j0];
          let w3 = weights[row + 15 + j0];
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
        }
        {
          let row = 303 + (k + 3) * 20;
          let h0 = hidden[now + 0 + (k + 3)];
          let w0 = weights[row + 0 + j0];
          let w1 = weights[row + 5 + j0];
          let w2 = weights[row + 10 + j0];
          let w3 = weights[row + 15 + j0];
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
        }
      }
      {
        let row = 303 + 4 * 20;
        let h0 = hidden[now + 0 + 4];
        let w0 = weights[row + 0 + j0];
        let w1 = weights[row + 5 + j0];
        let w2 = weights[row + 10 + j0];
        let w3 = weights[row + 15 + j0];
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
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = gatesAt + 4 * n + j;
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
        result[outputAt + n + j] = h * batch[64 * uniforms.places + n + j];
        hidden[next + 0 + j][0] = h;
      }
    }
    {
      let j = lane + 0 * 5;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = gatesAt + 4 * n + j;
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
        result[outputAt + n + j] = h * batch[64 * uniforms.places + n + j];
        hidden[next + 0 + j][1] = h;
      }
    }
    workgroupBarrier();
  }
}
