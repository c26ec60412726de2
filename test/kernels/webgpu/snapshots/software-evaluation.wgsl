// result : read_write, inputs: hiddens, weights, batch
// uniforms: places : i32, hiddens : i32, weights : i32, bias : i32, turnedWeights : i32, mask : i32, actions : i32, timeBins : i32, values : i32, known : i32, dOutputs : i32, dHidden : i32, scale : f32
// 4 lanes
var<workgroup> sums : array<vec4<f32>, 4>;
var<workgroup> targets : f32;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 4;
  let first = group * 8;
  let live = min(8, uniforms.places - first);
  if (lane == 0) {
    var weight = 0.0;
    for (var n = first; n < first + live; n++) {
      weight += batch[uniforms.mask + n];
    }
    targets = weight;
  }
  if (workgroupUniformLoad(&targets) == 0.0) {
    for (var i = lane; i < 4; i += 4) {
      result[group * 4 + i] = 0.0;
    }
    return;
  }
  let n0 = min(first + 0, uniforms.places - 1);
  let h0 = uniforms.hiddens + n0 * 5;
  let n1 = min(first + 1, uniforms.places - 1);
  let h1 = uniforms.hiddens + n1 * 5;
  let n2 = min(first + 2, uniforms.places - 1);
  let h2 = uniforms.hiddens + n2 * 5;
  let n3 = min(first + 3, uniforms.places - 1);
  let h3 = uniforms.hiddens + n3 * 5;
  let n4 = min(first + 4, uniforms.places - 1);
  let h4 = uniforms.hiddens + n4 * 5;
  let n5 = min(first + 5, uniforms.places - 1);
  let h5 = uniforms.hiddens + n5 * 5;
  let n6 = min(first + 6, uniforms.places - 1);
  let h6 = uniforms.hiddens + n6 * 5;
  let n7 = min(first + 7, uniforms.places - 1);
  let h7 = uniforms.hiddens + n7 * 5;
  for (var start = lane; start < 9; start += 12) {
    let c0 = min(start + 0, 8);
    let c1 = min(start + 4, 8);
    let c2 = min(start + 8, 8);
    var s0_0 = weights[uniforms.bias + c0];
    var s0_1 = weights[uniforms.bias + c0];
    var s0_2 = weights[uniforms.bias + c0];
    var s0_3 = weights[uniforms.bias + c0];
    var s0_4 = weights[uniforms.bias + c0];
    var s0_5 = weights[uniforms.bias + c0];
    var s0_6 = weights[uniforms.bias + c0];
    var s0_7 = weights[uniforms.bias + c0];
    var s1_0 = weights[uniforms.bias + c1];
    var s1_1 = weights[uniforms.bias + c1];
    var s1_2 = weights[uniforms.bias + c1];
    var s1_3 = weights[uniforms.bias + c1];
    var s1_4 = weights[uniforms.bias + c1];
    var s1_5 = weights[uniforms.bias + c1];
    var s1_6 = weights[uniforms.bias + c1];
    var s1_7 = weights[uniforms.bias + c1];
    var s2_0 = weights[uniforms.bias + c2];
    var s2_1 = weights[uniforms.bias + c2];
    var s2_2 = weights[uniforms.bias + c2];
    var s2_3 = weights[uniforms.bias + c2];
    var s2_4 = weights[uniforms.bias + c2];
    var s2_5 = weights[uniforms.bias + c2];
    var s2_6 = weights[uniforms.bias + c2];
    var s2_7 = weights[uniforms.bias + c2];
    for (var k = 0; k < 5; k += 1) {
      {
        let at = uniforms.weights + k * 9;
        let w0 = weights[at + c0];
        let w1 = weights[at + c1];
        let w2 = weights[at + c2];
        let x0 = hiddens[h0 + k];
        let x1 = hiddens[h1 + k];
        let x2 = hiddens[h2 + k];
        let x3 = hiddens[h3 + k];
        let x4 = hiddens[h4 + k];
        let x5 = hiddens[h5 + k];
        let x6 = hiddens[h6 + k];
        let x7 = hiddens[h7 + k];
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
      }
    }
    var sums : array<f32, 24>;
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
    for (var q = 0; q < 3; q++) {
      for (var r = 0; r < 8; r++) {
        let c = start + q * 4;
        if (c < 9 && first + r < uniforms.places) {
          result[uniforms.dOutputs + (first + r) * 9 + c] = sums[q * 8 + r];
        }
      }
    }
  }
  storageBarrier();
  var sum = vec4<f32>(0.0);
  for (var n = first + lane; n < first + live; n += 4) {
    sum += rowLosses(n);
  }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane == 0) {
    for (var i = 1; i < 4; i++) {
      sum += sums[i];
    }
    result[group * 4 + 0] = sum[0];
    result[group * 4 + 1] = sum[1];
    result[group * 4 + 2] = sum[2];
    result[group * 4 + 3] = sum[3];
  }
}
fn rowLosses(n : i32) -> vec4<f32> {
  let weight = batch[uniforms.mask + n];
  let row = uniforms.dOutputs + n * 9;
  var losses = vec4<f32>(0.0);
  if (weight == 0.0) {
    for (var o = row; o < row + 9; o++) {
      result[o] = 0.0;
    }
    return losses;
  }
  {
    let begin = row + 0;
    let goal = begin + i32(batch[uniforms.actions + n]);
    var best = begin;
    var most = result[begin];
    for (var o = begin + 1; o < begin + 4; o++) {
      let logit = result[o];
      if (logit > most) {
        most = logit;
        best = o;
      }
    }
    let goalLogit = result[goal];
    var sum = 0.0;
    for (var o = begin; o < begin + 4; o++) {
      let power = exp(result[o] - most);
      sum += power;
      result[o] = power;
    }
    losses[0] = weight * (log(sum) + most - goalLogit);
    losses[3] = select(0.0, weight, best == goal);
    let factor = weight * uniforms.scale * 1.0;
    for (var o = begin; o < begin + 4; o++) {
      result[o] = factor * (result[o] / sum - select(0.0, 1.0, o == goal));
    }
  }
  {
    let begin = row + 4;
    let goal = begin + i32(batch[uniforms.timeBins + n]);
    var best = begin;
    var most = result[begin];
    for (var o = begin + 1; o < begin + 3; o++) {
      let logit = result[o];
      if (logit > most) {
        most = logit;
        best = o;
      }
    }
    let goalLogit = result[goal];
    var sum = 0.0;
    for (var o = begin; o < begin + 3; o++) {
      let power = exp(result[o] - most);
      sum += power;
      result[o] = power;
    }
    losses[1] = weight * (log(sum) + most - goalLogit);
    let factor = weight * uniforms.scale * 0.7;
    for (var o = begin; o < begin + 3; o++) {
      result[o] = factor * (result[o] / sum - select(0.0, 1.0, o == goal));
    }
  }
  for (var c = 0; c < 2; c++) {
    let o = row + 7 + c;
    let known = batch[uniforms.known + n * 2 + c];
    let deviation = result[o] - batch[uniforms.values + n * 2 + c];
    losses[2] += known * deviation * deviation;
    result[o] = 2.0 * known * deviation * uniforms.scale * 0.4;
  }
  return losses;
}
