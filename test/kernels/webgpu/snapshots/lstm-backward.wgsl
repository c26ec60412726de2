// result : read_write, inputs: weights, batch
// 8 lanes
const H = 5;
var<workgroup> dGates : array<vec2<f32>, 20>;
var<workgroup> shares : array<vec2<f32>, 20>;
fn sigmoid(x : f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0)));
}
fn squash(x : f32) -> f32 {
  return 1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, -20.0, 20.0)));
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / 8) * 2;
  let gatesAt = 14 * uniforms.places;
  let cellAt = 34 * uniforms.places;
  let hiddenAt = 39 * uniforms.places;
  let outputAt = 44 * uniforms.places;
  let origin = (lane / 2) * 5;
  let at = 1202 + origin * H;
  let j0 = min(lane + 0, H - 1);
  let p0 = min(lane % 2 + 0, H - 1);
  let p1 = min(lane % 2 + 2, H - 1);
  let p2 = min(lane % 2 + 4, H - 1);
  var dNext : array<f32, 2>;
  var carry : array<f32, 2>;
  for (var t = uniforms.steps - 1; t >= 0; t--) {
    let started = select(0.0, 1.0, t > 0);
    {
      let j = lane + 0 * 8;
      if (j < H && first + 0 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 0) * H;
        let at = gatesAt + 4 * n + j;
        let before = max(n - uniforms.windows * H, 0);
        let dh = dNext[0 * 2 + 0] + result[122 * uniforms.places + n + j] * batch[64 * uniforms.places + n + j];
        let i = result[at];
        let f = result[at + H];
        let g = result[at + 2 * H];
        let o = result[at + 3 * H];
        let q = squash(result[cellAt + n + j]);
        let dc = carry[0 * 2 + 0] + dh * o * (1.0 - q * q);
        carry[0 * 2 + 0] = dc * f;
        let d0 = dc * g * i * (1.0 - i);
        let d1 = dc * started * result[cellAt + before + j] * f * (1.0 - f);
        let d2 = dc * i * (1.0 - g * g);
        let d3 = dh * q * o * (1.0 - o);
        result[at + 0 * H] = d0;
        result[at + 1 * H] = d1;
        result[at + 2 * H] = d2;
        result[at + 3 * H] = d3;
        dGates[0 + j][0] = d0;
        dGates[5 + j][0] = d1;
        dGates[10 + j][0] = d2;
        dGates[15 + j][0] = d3;
      }
    }
    {
      let j = lane + 0 * 8;
      if (j < H && first + 1 < uniforms.windows) {
        let n = (t * uniforms.windows + first + 1) * H;
        let at = gatesAt + 4 * n + j;
        let before = max(n - uniforms.windows * H, 0);
        let dh = dNext[0 * 2 + 1] + result[122 * uniforms.places + n + j] * batch[64 * uniforms.places + n + j];
        let i = result[at];
        let f = result[at + H];
        let g = result[at + 2 * H];
        let o = result[at + 3 * H];
        let q = squash(result[cellAt + n + j]);
        let dc = carry[0 * 2 + 1] + dh * o * (1.0 - q * q);
        carry[0 * 2 + 1] = dc * f;
        let d0 = dc * g * i * (1.0 - i);
        let d1 = dc * started * result[cellAt + before + j] * f * (1.0 - f);
        let d2 = dc * i * (1.0 - g * g);
        let d3 = dh * q * o * (1.0 - o);
        result[at + 0 * H] = d0;
        result[at + 1 * H] = d1;
        result[at + 2 * H] = d2;
        result[at + 3 * H] = d3;
        dGates[0 + j][1] = d0;
        dGates[5 + j][1] = d1;
        dGates[10 + j][1] = d2;
        dGates[15 + j][1] = d3;
      }
    }
    workgroupBarrier();
    var s0_0 = 0.0;
    var s0_1 = 0.0;
    var s1_0 = 0.0;
    var s1_1 = 0.0;
    var s2_0 = 0.0;
    var s2_1 = 0.0;
    for (var k = 0; k < 4; k += 4) {
      {
        let row = at + k * 5;
        let d0 = dGates[0 + origin + k];
        let w0 = weights[row + p0];
        let w1 = weights[row + p1];
        let w2 = weights[row + p2];
        let x0 = d0[0];
        let x1 = d0[1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
      }
      {
        let row = at + (k + 1) * 5;
        let d0 = dGates[0 + origin + (k + 1)];
        let w0 = weights[row + p0];
        let w1 = weights[row + p1];
        let w2 = weights[row + p2];
        let x0 = d0[0];
        let x1 = d0[1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
      }
      {
        let row = at + (k + 2) * 5;
        let d0 = dGates[0 + origin + (k + 2)];
        let w0 = weights[row + p0];
        let w1 = weights[row + p1];
        let w2 = weights[row + p2];
        let x0 = d0[0];
        let x1 = d0[1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
      }
      {
        let row = at + (k + 3) * 5;
        let d0 = dGates[0 + origin + (k + 3)];
        let w0 = weights[row + p0];
        let w1 = weights[row + p1];
        let w2 = weights[row + p2];
        let x0 = d0[0];
        let x1 = d0[1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s1_0 += w1 * x0;
        s1_1 += w1 * x1;
        s2_0 += w2 * x0;
        s2_1 += w2 * x1;
      }
    }
    {
      let row = at + 4 * 5;
      let d0 = dGates[0 + origin + 4];
      let w0 = weights[row + p0];
      let w1 = weights[row + p1];
      let w2 = weights[row + p2];
      let x0 = d0[0];
      let x1 = d0[1];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
      s1_0 += w1 * x0;
      s1_1 += w1 * x1;
      s2_0 += w2 * x0;
      s2_1 += w2 * x1;
    }
    if (lane % 2 + 0 < H) {
      shares[0 + origin + p0] = vec2<f32>(s0_0, s0_1);
    }
    if (lane % 2 + 2 < H) {
      shares[0 + origin + p1] = vec2<f32>(s1_0, s1_1);
    }
    if (lane % 2 + 4 < H) {
      shares[0 + origin + p2] = vec2<f32>(s2_0, s2_1);
    }
    workgroupBarrier();
    let sum0_0 = shares[0 + j0] + shares[5 + j0] + shares[10 + j0] + shares[15 + j0];
    dNext[0] = sum0_0[0];
    dNext[1] = sum0_0[1];
  }
}
