// result : read_write, inputs: weights
// 20 lanes
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 20;
  let first = (group / 1) * 2;
  let column = (group % 1) * 20 + lane;
  let n0 = 0 * uniforms.places + min(first + 0, uniforms.places - 1) * 14;
  let n1 = 0 * uniforms.places + min(first + 1, uniforms.places - 1) * 14;
  let c0 = min(column + 0, 19);
  var s0_0 = weights[403 + c0] + weights[423 + c0];
  var s0_1 = weights[403 + c0] + weights[423 + c0];
  for (var k = 0; k < 12; k += 4) {
    {
      let at = 23 + k * 20;
      let w0 = weights[at + c0];
      let x0 = result[n0 + k];
      let x1 = result[n1 + k];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
    }
    {
      let at = 23 + (k + 1) * 20;
      let w0 = weights[at + c0];
      let x0 = result[n0 + (k + 1)];
      let x1 = result[n1 + (k + 1)];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
    }
    {
      let at = 23 + (k + 2) * 20;
      let w0 = weights[at + c0];
      let x0 = result[n0 + (k + 2)];
      let x1 = result[n1 + (k + 2)];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
    }
    {
      let at = 23 + (k + 3) * 20;
      let w0 = weights[at + c0];
      let x0 = result[n0 + (k + 3)];
      let x1 = result[n1 + (k + 3)];
      s0_0 += w0 * x0;
      s0_1 += w0 * x1;
    }
  }
  {
    let at = 23 + 12 * 20;
    let w0 = weights[at + c0];
    let x0 = result[n0 + 12];
    let x1 = result[n1 + 12];
    s0_0 += w0 * x0;
    s0_1 += w0 * x1;
  }
  {
    let at = 23 + 13 * 20;
    let w0 = weights[at + c0];
    let x0 = result[n0 + 13];
    let x1 = result[n1 + 13];
    s0_0 += w0 * x0;
    s0_1 += w0 * x1;
  }
  {
    let c = column + 0 * 20;
    let n = first + 0;
    if (c < 20 && n < uniforms.places) {
      result[14 * uniforms.places + n * 20 + c] = s0_0;
    }
  }
  {
    let c = column + 0 * 20;
    let n = first + 1;
    if (c < 20 && n < uniforms.places) {
      result[14 * uniforms.places + n * 20 + c] = s0_1;
    }
  }
}
