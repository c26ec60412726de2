// result : read_write, inputs: x, weights, factors
// uniforms: rows : i32, x : i32, xStride : i32, weights : i32, bias : i32, bias2 : i32, factors : i32, out : i32, outStride : i32
// 8 lanes
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 8;
  let first = (group / 1) * 8;
  let column = (group % 1) * 8 + lane;
  let n0 = uniforms.x + min(first + 0, uniforms.rows - 1) * uniforms.xStride;
  let n1 = uniforms.x + min(first + 1, uniforms.rows - 1) * uniforms.xStride;
  let n2 = uniforms.x + min(first + 2, uniforms.rows - 1) * uniforms.xStride;
  let n3 = uniforms.x + min(first + 3, uniforms.rows - 1) * uniforms.xStride;
  let n4 = uniforms.x + min(first + 4, uniforms.rows - 1) * uniforms.xStride;
  let n5 = uniforms.x + min(first + 5, uniforms.rows - 1) * uniforms.xStride;
  let n6 = uniforms.x + min(first + 6, uniforms.rows - 1) * uniforms.xStride;
  let n7 = uniforms.x + min(first + 7, uniforms.rows - 1) * uniforms.xStride;
  let c0 = min(column + 0, 7);
  var s0_0 = 0.0;
  var s0_1 = 0.0;
  var s0_2 = 0.0;
  var s0_3 = 0.0;
  var s0_4 = 0.0;
  var s0_5 = 0.0;
  var s0_6 = 0.0;
  var s0_7 = 0.0;
  for (var k = 0; k < 12; k += 4) {
    {
      let at = uniforms.weights + k * 8;
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
      let at = uniforms.weights + (k + 1) * 8;
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
      let at = uniforms.weights + (k + 2) * 8;
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
      let at = uniforms.weights + (k + 3) * 8;
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
    let at = uniforms.weights + 12 * 8;
    let w0 = weights[at + c0];
    let x0 = x[n0 + 12];
    let x1 = x[n1 + 12];
    let x2 = x[n2 + 12];
    let x3 = x[n3 + 12];
    let x4 = x[n4 + 12];
    let x5 = x[n5 + 12];
    let x6 = x[n6 + 12];
    let x7 = x[n7 + 12];
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
    let at = uniforms.weights + 13 * 8;
    let w0 = weights[at + c0];
    let x0 = x[n0 + 13];
    let x1 = x[n1 + 13];
    let x2 = x[n2 + 13];
    let x3 = x[n3 + 13];
    let x4 = x[n4 + 13];
    let x5 = x[n5 + 13];
    let x6 = x[n6 + 13];
    let x7 = x[n7 + 13];
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
    let at = uniforms.weights + 14 * 8;
    let w0 = weights[at + c0];
    let x0 = x[n0 + 14];
    let x1 = x[n1 + 14];
    let x2 = x[n2 + 14];
    let x3 = x[n3 + 14];
    let x4 = x[n4 + 14];
    let x5 = x[n5 + 14];
    let x6 = x[n6 + 14];
    let x7 = x[n7 + 14];
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
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 0, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_0 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 1, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_1 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 2, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_2 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 3, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_3 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 4, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_4 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 5, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_5 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 6, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_6 * factors[uniforms.factors + n * 8 + c];
    }
  }
  {
    let c = column + 0 * 8;
    if (c < 8) {
      let n = min(first + 7, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = s0_7 * factors[uniforms.factors + n * 8 + c];
    }
  }
}
