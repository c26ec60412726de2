// result : read_write, inputs: x, weights, bias
// uniforms: rows : i32, x : i32, xStride : i32, weights : i32, bias : i32, bias2 : i32, factors : i32, out : i32, outStride : i32
// 15 lanes
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 15;
  let first = (group / 1) * 8;
  let column = (group % 1) * 15 + lane;
  let n0 = uniforms.x + min(first + 0, uniforms.rows - 1) * uniforms.xStride;
  let n1 = uniforms.x + min(first + 1, uniforms.rows - 1) * uniforms.xStride;
  let n2 = uniforms.x + min(first + 2, uniforms.rows - 1) * uniforms.xStride;
  let n3 = uniforms.x + min(first + 3, uniforms.rows - 1) * uniforms.xStride;
  let n4 = uniforms.x + min(first + 4, uniforms.rows - 1) * uniforms.xStride;
  let n5 = uniforms.x + min(first + 5, uniforms.rows - 1) * uniforms.xStride;
  let n6 = uniforms.x + min(first + 6, uniforms.rows - 1) * uniforms.xStride;
  let n7 = uniforms.x + min(first + 7, uniforms.rows - 1) * uniforms.xStride;
  let c0 = min(column + 0, 14);
  var s0_0 = bias[uniforms.bias + c0];
  var s0_1 = bias[uniforms.bias + c0];
  var s0_2 = bias[uniforms.bias + c0];
  var s0_3 = bias[uniforms.bias + c0];
  var s0_4 = bias[uniforms.bias + c0];
  var s0_5 = bias[uniforms.bias + c0];
  var s0_6 = bias[uniforms.bias + c0];
  var s0_7 = bias[uniforms.bias + c0];
  for (var k = 0; k < 8; k += 4) {
    {
      let at = uniforms.weights + k * 15;
      let w0 = weights[at + c0];
      let x0 = x[n0 + k];
      let x1 = x[n1 + k];
      let x2 = x[n2 + k];
      let x3 = x[n3 + k];
      let x4 = x[n4 + k];
      let x5 = x[n5 + k];
      let x6 = x[n6 + k];
      let x7 = x[n7 + k];
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
      let at = uniforms.weights + (k + 1) * 15;
      let w0 = weights[at + c0];
      let x0 = x[n0 + (k + 1)];
      let x1 = x[n1 + (k + 1)];
      let x2 = x[n2 + (k + 1)];
      let x3 = x[n3 + (k + 1)];
      let x4 = x[n4 + (k + 1)];
      let x5 = x[n5 + (k + 1)];
      let x6 = x[n6 + (k + 1)];
      let x7 = x[n7 + (k + 1)];
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
      let at = uniforms.weights + (k + 2) * 15;
      let w0 = weights[at + c0];
      let x0 = x[n0 + (k + 2)];
      let x1 = x[n1 + (k + 2)];
      let x2 = x[n2 + (k + 2)];
      let x3 = x[n3 + (k + 2)];
      let x4 = x[n4 + (k + 2)];
      let x5 = x[n5 + (k + 2)];
      let x6 = x[n6 + (k + 2)];
      let x7 = x[n7 + (k + 2)];
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
      let at = uniforms.weights + (k + 3) * 15;
      let w0 = weights[at + c0];
      let x0 = x[n0 + (k + 3)];
      let x1 = x[n1 + (k + 3)];
      let x2 = x[n2 + (k + 3)];
      let x3 = x[n3 + (k + 3)];
      let x4 = x[n4 + (k + 3)];
      let x5 = x[n5 + (k + 3)];
      let x6 = x[n6 + (k + 3)];
      let x7 = x[n7 + (k + 3)];
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
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 0, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_0;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 1, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_1;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 2, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_2;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 3, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_3;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 4, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_4;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 5, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_5;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 6, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_6;
    }
  }
  {
    let c = column + 0 * 15;
    if (c < 15) {
      let n = min(first + 7, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_7;
    }
  }
}
