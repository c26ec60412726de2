// result : read_write, inputs: hiddens, weights, batch, turnedWeights
// uniforms: places : i32, hiddens : i32, weights : i32, bias : i32, turnedWeights : i32, mask : i32, actions : i32, timeBins : i32, values : i32, known : i32, dOutputs : i32, dHidden : i32, scale : f32
// 64 lanes
var<workgroup> sums : array<vec4<f32>, 64>;
var<workgroup> targets : f32;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 64;
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
    for (var i = lane; i < 4; i += 64) {
      result[group * 4 + i] = 0.0;
    }
    for (var i = lane; i < live * 9; i += 64) {
      result[uniforms.dOutputs + first * 9 + i] = 0.0;
    }
    for (var i = lane; i < live * 5; i += 64) {
      result[uniforms.dHidden + first * 5 + i] = 0.0;
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
  for (var start = lane; start < 9; start += 64) {
    let c0 = min(start + 0, 8);
    var s0_0 = weights[uniforms.bias + c0];
    var s0_1 = weights[uniforms.bias + c0];
    var s0_2 = weights[uniforms.bias + c0];
    var s0_3 = weights[uniforms.bias + c0];
    var s0_4 = weights[uniforms.bias + c0];
    var s0_5 = weights[uniforms.bias + c0];
    var s0_6 = weights[uniforms.bias + c0];
    var s0_7 = weights[uniforms.bias + c0];
    for (var k = 0; k < 4; k += 4) {
      {
        let at = uniforms.weights + k * 9;
        let w0 = weights[at + c0];
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
      }
      {
        let at = uniforms.weights + (k + 1) * 9;
        let w0 = weights[at + c0];
        let x0 = hiddens[h0 + (k + 1)];
        let x1 = hiddens[h1 + (k + 1)];
        let x2 = hiddens[h2 + (k + 1)];
        let x3 = hiddens[h3 + (k + 1)];
        let x4 = hiddens[h4 + (k + 1)];
        let x5 = hiddens[h5 + (k + 1)];
        let x6 = hiddens[h6 + (k + 1)];
        let x7 = hiddens[h7 + (k + 1)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
      {
        let at = uniforms.weights + (k + 2) * 9;
        let w0 = weights[at + c0];
        let x0 = hiddens[h0 + (k + 2)];
        let x1 = hiddens[h1 + (k + 2)];
        let x2 = hiddens[h2 + (k + 2)];
        let x3 = hiddens[h3 + (k + 2)];
        let x4 = hiddens[h4 + (k + 2)];
        let x5 = hiddens[h5 + (k + 2)];
        let x6 = hiddens[h6 + (k + 2)];
        let x7 = hiddens[h7 + (k + 2)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
      {
        let at = uniforms.weights + (k + 3) * 9;
        let w0 = weights[at + c0];
        let x0 = hiddens[h0 + (k + 3)];
        let x1 = hiddens[h1 + (k + 3)];
        let x2 = hiddens[h2 + (k + 3)];
        let x3 = hiddens[h3 + (k + 3)];
        let x4 = hiddens[h4 + (k + 3)];
        let x5 = hiddens[h5 + (k + 3)];
        let x6 = hiddens[h6 + (k + 3)];
        let x7 = hiddens[h7 + (k + 3)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
    }
    {
      let at = uniforms.weights + 4 * 9;
      let w0 = weights[at + c0];
      let x0 = hiddens[h0 + 4];
      let x1 = hiddens[h1 + 4];
      let x2 = hiddens[h2 + 4];
      let x3 = hiddens[h3 + 4];
      let x4 = hiddens[h4 + 4];
      let x5 = hiddens[h5 + 4];
      let x6 = hiddens[h6 + 4];
      let x7 = hiddens[h7 + 4];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
      s0_2 += w0 * x2;
      s0_3 += w0 * x3;
      s0_4 += w0 * x4;
      s0_5 += w0 * x5;
      s0_6 += w0 * x6;
      s0_7 += w0 * x7;
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 0 < uniforms.places) {
        result[uniforms.dOutputs + (first + 0) * 9 + c] = s0_0;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 1 < uniforms.places) {
        result[uniforms.dOutputs + (first + 1) * 9 + c] = s0_1;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 2 < uniforms.places) {
        result[uniforms.dOutputs + (first + 2) * 9 + c] = s0_2;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 3 < uniforms.places) {
        result[uniforms.dOutputs + (first + 3) * 9 + c] = s0_3;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 4 < uniforms.places) {
        result[uniforms.dOutputs + (first + 4) * 9 + c] = s0_4;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 5 < uniforms.places) {
        result[uniforms.dOutputs + (first + 5) * 9 + c] = s0_5;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 6 < uniforms.places) {
        result[uniforms.dOutputs + (first + 6) * 9 + c] = s0_6;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 9 && first + 7 < uniforms.places) {
        result[uniforms.dOutputs + (first + 7) * 9 + c] = s0_7;
      }
    }
  }
  storageBarrier();
  var sum = vec4<f32>(0.0);
  for (var n = first + lane; n < first + live; n += 64) {
    sum += rowLosses(n);
  }
  sums[lane] = sum;
  storageBarrier();
  workgroupBarrier();
  if (lane == 0) {
    for (var i = 1; i < 8; i++) {
      sum += sums[i];
    }
    result[group * 4 + 0] = sum[0];
    result[group * 4 + 1] = sum[1];
    result[group * 4 + 2] = sum[2];
    result[group * 4 + 3] = sum[3];
  }
  let d0 = uniforms.dOutputs + n0 * 9;
  let d1 = uniforms.dOutputs + n1 * 9;
  let d2 = uniforms.dOutputs + n2 * 9;
  let d3 = uniforms.dOutputs + n3 * 9;
  let d4 = uniforms.dOutputs + n4 * 9;
  let d5 = uniforms.dOutputs + n5 * 9;
  let d6 = uniforms.dOutputs + n6 * 9;
  let d7 = uniforms.dOutputs + n7 * 9;
  for (var start = lane; start < 5; start += 64) {
    let c0 = min(start + 0, 4);
    var s0_0 = 0.0;
    var s0_1 = 0.0;
    var s0_2 = 0.0;
    var s0_3 = 0.0;
    var s0_4 = 0.0;
    var s0_5 = 0.0;
    var s0_6 = 0.0;
    var s0_7 = 0.0;
    for (var k = 0; k < 8; k += 4) {
      {
        let at = uniforms.turnedWeights + k * 5;
        let w0 = turnedWeights[at + c0];
        let x0 = result[d0 + k];
        let x1 = result[d1 + k];
        let x2 = result[d2 + k];
        let x3 = result[d3 + k];
        let x4 = result[d4 + k];
        let x5 = result[d5 + k];
        let x6 = result[d6 + k];
        let x7 = result[d7 + k];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
      {
        let at = uniforms.turnedWeights + (k + 1) * 5;
        let w0 = turnedWeights[at + c0];
        let x0 = result[d0 + (k + 1)];
        let x1 = result[d1 + (k + 1)];
        let x2 = result[d2 + (k + 1)];
        let x3 = result[d3 + (k + 1)];
        let x4 = result[d4 + (k + 1)];
        let x5 = result[d5 + (k + 1)];
        let x6 = result[d6 + (k + 1)];
        let x7 = result[d7 + (k + 1)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
      {
        let at = uniforms.turnedWeights + (k + 2) * 5;
        let w0 = turnedWeights[at + c0];
        let x0 = result[d0 + (k + 2)];
        let x1 = result[d1 + (k + 2)];
        let x2 = result[d2 + (k + 2)];
        let x3 = result[d3 + (k + 2)];
        let x4 = result[d4 + (k + 2)];
        let x5 = result[d5 + (k + 2)];
        let x6 = result[d6 + (k + 2)];
        let x7 = result[d7 + (k + 2)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
      {
        let at = uniforms.turnedWeights + (k + 3) * 5;
        let w0 = turnedWeights[at + c0];
        let x0 = result[d0 + (k + 3)];
        let x1 = result[d1 + (k + 3)];
        let x2 = result[d2 + (k + 3)];
        let x3 = result[d3 + (k + 3)];
        let x4 = result[d4 + (k + 3)];
        let x5 = result[d5 + (k + 3)];
        let x6 = result[d6 + (k + 3)];
        let x7 = result[d7 + (k + 3)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
      }
    }
    {
      let at = uniforms.turnedWeights + 8 * 5;
      let w0 = turnedWeights[at + c0];
      let x0 = result[d0 + 8];
      let x1 = result[d1 + 8];
      let x2 = result[d2 + 8];
      let x3 = result[d3 + 8];
      let x4 = result[d4 + 8];
      let x5 = result[d5 + 8];
      let x6 = result[d6 + 8];
      let x7 = result[d7 + 8];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
      s0_2 += w0 * x2;
      s0_3 += w0 * x3;
      s0_4 += w0 * x4;
      s0_5 += w0 * x5;
      s0_6 += w0 * x6;
      s0_7 += w0 * x7;
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 0 < uniforms.places) {
        result[uniforms.dHidden + (first + 0) * 5 + c] = s0_0;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 1 < uniforms.places) {
        result[uniforms.dHidden + (first + 1) * 5 + c] = s0_1;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 2 < uniforms.places) {
        result[uniforms.dHidden + (first + 2) * 5 + c] = s0_2;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 3 < uniforms.places) {
        result[uniforms.dHidden + (first + 3) * 5 + c] = s0_3;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 4 < uniforms.places) {
        result[uniforms.dHidden + (first + 4) * 5 + c] = s0_4;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 5 < uniforms.places) {
        result[uniforms.dHidden + (first + 5) * 5 + c] = s0_5;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 6 < uniforms.places) {
        result[uniforms.dHidden + (first + 6) * 5 + c] = s0_6;
      }
    }
    {
      let c = start + 0 * 64;
      if (c < 5 && first + 7 < uniforms.places) {
        result[uniforms.dHidden + (first + 7) * 5 + c] = s0_7;
      }
    }
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
