// result : read_write, inputs: turnedWeights, upper, factors
// uniforms: windows : i32, steps : i32, turnedWeights : i32, upper : i32, factors : i32
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
  let cellAt = 4 * section;
  let hiddenAt = 5 * section;
  let origin = (lane / 3) * 0;
  let at = uniforms.turnedWeights + origin * H;
  let j0 = min(lane + 0, H - 1);
  let j1 = min(lane + 3, H - 1);
  let p0 = min(lane % 3 + 0, H - 1);
  let p1 = min(lane % 3 + 3, H - 1);
  var dNext : array<f32, 16>;
  var carry : array<f32, 16>;
  for (var t = uniforms.steps - 1; t >= 0; t--) {
    let started = select(0.0, 1.0, t > 0);
    for (var u = 0; u < 2; u++) {
      for (var row = 0; row < 8; row++) {
        let j = lane + u * 3;
        if (j < H && first + row < uniforms.windows) {
          let n = (t * uniforms.windows + first + row) * H;
          let before = max(n - uniforms.windows * H, 0);
          let at = 4 * n + j;
          let dh = dNext[u * 8 + row] + upper[uniforms.upper + n + j] * factors[uniforms.factors + n + j];
          let i = result[at];
          let f = result[at + H];
          let g = result[at + 2 * H];
          let o = result[at + 3 * H];
          let q = squash(result[cellAt + n + j]);
          let dc = carry[u * 8 + row] + dh * o * (1.0 - q * q);
          carry[u * 8 + row] = dc * f;
          let d0 = dc * g * i * (1.0 - i);
          let d1 = dc * started * result[cellAt + before + j] * f * (1.0 - f);
          let d2 = dc * i * (1.0 - g * g);
          let d3 = dh * q * o * (1.0 - o);
          result[at + 0 * H] = d0;
          result[at + 1 * H] = d1;
          result[at + 2 * H] = d2;
          result[at + 3 * H] = d3;
        }
      }
    }
    storageBarrier();
    let trace0 = 4 * H * (t * uniforms.windows + min(first + 0, uniforms.windows - 1));
    let trace1 = 4 * H * (t * uniforms.windows + min(first + 1, uniforms.windows - 1));
    let trace2 = 4 * H * (t * uniforms.windows + min(first + 2, uniforms.windows - 1));
    let trace3 = 4 * H * (t * uniforms.windows + min(first + 3, uniforms.windows - 1));
    let trace4 = 4 * H * (t * uniforms.windows + min(first + 4, uniforms.windows - 1));
    let trace5 = 4 * H * (t * uniforms.windows + min(first + 5, uniforms.windows - 1));
    let trace6 = 4 * H * (t * uniforms.windows + min(first + 6, uniforms.windows - 1));
    let trace7 = 4 * H * (t * uniforms.windows + min(first + 7, uniforms.windows - 1));
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
    for (var k = 0; k < 20; k += 1) {
      {
        let row = at + (k + 0) * 5;
        let w0 = turnedWeights[row + p0];
        let w1 = turnedWeights[row + p1];
        let x0 = result[trace0 + 0 + k];
        let x1 = result[trace1 + 0 + k];
        let x2 = result[trace2 + 0 + k];
        let x3 = result[trace3 + 0 + k];
        let x4 = result[trace4 + 0 + k];
        let x5 = result[trace5 + 0 + k];
        let x6 = result[trace6 + 0 + k];
        let x7 = result[trace7 + 0 + k];
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
    dNext[0] = s0_0;
    dNext[1] = s0_1;
    dNext[2] = s0_2;
    dNext[3] = s0_3;
    dNext[4] = s0_4;
    dNext[5] = s0_5;
    dNext[6] = s0_6;
    dNext[7] = s0_7;
    dNext[8] = s1_0;
    dNext[9] = s1_1;
    dNext[10] = s1_2;
    dNext[11] = s1_3;
    dNext[12] = s1_4;
    dNext[13] = s1_5;
    dNext[14] = s1_6;
    dNext[15] = s1_7;
  }
}
