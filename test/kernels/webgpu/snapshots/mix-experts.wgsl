// result : read_write, inputs: batch, weights
// 64 lanes
fn tableRow(g : i32) -> i32 {
  return select((557 + (g - 0) * 9), (584 + (g - 3) * 9), g >= 3);
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / 64) * 2;
  let m0 = min(first + 0, uniforms.places - 1) * 18 + 9;
  let m1 = min(first + 1, uniforms.places - 1) * 18 + 9;
  let count = select(0, 6, batch[18 * uniforms.places + min(first + 0, uniforms.places - 1)] != 0.0 || batch[18 * uniforms.places + min(first + 1, uniforms.places - 1)] != 0.0);
  for (var start = lane; start < count; start += 64) {
    let t0 = tableRow(min(start + 0, 5));
    var s0_0 = 0.0;
    var s0_1 = 0.0;
    for (var k = 0; k < 8; k += 4) {
      {
        let w0 = weights[t0 + k];
        let x0 = batch[0 * uniforms.places + m0 + k];
        let x1 = batch[0 * uniforms.places + m1 + k];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
      {
        let w0 = weights[t0 + (k + 1)];
        let x0 = batch[0 * uniforms.places + m0 + (k + 1)];
        let x1 = batch[0 * uniforms.places + m1 + (k + 1)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
      {
        let w0 = weights[t0 + (k + 2)];
        let x0 = batch[0 * uniforms.places + m0 + (k + 2)];
        let x1 = batch[0 * uniforms.places + m1 + (k + 2)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
      {
        let w0 = weights[t0 + (k + 3)];
        let x0 = batch[0 * uniforms.places + m0 + (k + 3)];
        let x1 = batch[0 * uniforms.places + m1 + (k + 3)];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
    }
    {
      let w0 = weights[t0 + 8];
      let x0 = batch[0 * uniforms.places + m0 + 8];
      let x1 = batch[0 * uniforms.places + m1 + 8];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
    }
    {
      let g = start + 0 * 64;
      let n = first + 0;
      if (g < 6 && n < uniforms.places) {
        let at = 49 * uniforms.places + n * 19 + select(g + 9, g + 9, g >= 3);
        let gate = result[at] + s0_0;
        result[at] = gate;
        result[68 * uniforms.places + n * 6 + g] = max(gate, 0.0) + log(1.0 + exp(-abs(gate)));
      }
    }
    {
      let g = start + 0 * 64;
      let n = first + 1;
      if (g < 6 && n < uniforms.places) {
        let at = 49 * uniforms.places + n * 19 + select(g + 9, g + 9, g >= 3);
        let gate = result[at] + s0_1;
        result[at] = gate;
        result[68 * uniforms.places + n * 6 + g] = max(gate, 0.0) + log(1.0 + exp(-abs(gate)));
      }
    }
  }
  storageBarrier();
  for (var i = lane; i < 8; i += 64) {
    let n = first + i / 4;
    let a = i % 4;
    if (n < uniforms.places) {
      if (batch[18 * uniforms.places + n] != 0.0) {
        var sum = 0.0;
        let weight = 68 * uniforms.places + n * 6 + 0;
        let vote = 29 * uniforms.places + n * 12 + a;
        for (var k = 0; k < 3; k++) {
          sum += result[weight + k] * batch[vote + k * 4];
        }
        result[49 * uniforms.places + n * 19 + 0 + a] += sum;
      }
    }
  }
  for (var i = lane; i < 6; i += 64) {
    let n = first + i / 3;
    let a = i % 3;
    if (n < uniforms.places) {
      if (batch[18 * uniforms.places + n] != 0.0) {
        var sum = 0.0;
        let weight = 68 * uniforms.places + n * 6 + 3;
        let vote = 41 * uniforms.places + n * 9 + a;
        for (var k = 0; k < 3; k++) {
          sum += result[weight + k] * batch[vote + k * 3];
        }
        result[49 * uniforms.places + n * 19 + 4 + a] += sum;
      }
    }
  }
}
