// result : read_write, inputs: arena, batch, weights
// 128 lanes
var<workgroup> shares : array<vec4<f32>, 128>;
fn total(lane : i32, share : vec4<f32>) -> vec4<f32> {
  shares[lane] = share;
  for (var reach = 64; reach > 0; reach = reach / 2) {
    workgroupBarrier();
    if (lane < reach) {
      shares[lane] += shares[lane + reach];
    }
  }
  workgroupBarrier();
  return shares[0];
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 128;
  let local = lane % 64;
  let slice = lane / 64;
  var kind = -1;
  var bias = vec2<i32>(-1);
  var rows = 0;
  var columns = 0;
  var into = 0;
  var leftAt = 0;
  var leftStride = 0;
  var rightAt = 0;
  var rightStride = 0;
  var factorsAt = 0;
  var firstRow = 0;
  var firstColumn = 0;
  if (group >= 0 && group < 2) {
    kind = 0;
    rows = 3;
    columns = 9;
    into = 557;
    bias = vec2<i32>(-1, -1);
    leftAt = 49 * uniforms.places + 9;
    leftStride = 19;
    rightAt = 0 * uniforms.places + 9;
    rightStride = 18;
    factorsAt = 0;
    firstRow = ((group - 0) / 1) * 2;
    firstColumn = ((group - 0) % 1) * 64 + local;
  }
  if (group >= 2 && group < 4) {
    kind = 0;
    rows = 3;
    columns = 9;
    into = 584;
    bias = vec2<i32>(-1, -1);
    leftAt = 49 * uniforms.places + 12;
    leftStride = 19;
    rightAt = 0 * uniforms.places + 9;
    rightStride = 18;
    factorsAt = 0;
    firstRow = ((group - 2) / 1) * 2;
    firstColumn = ((group - 2) % 1) * 64 + local;
  }
  if (group >= 4 && group < 7) {
    kind = 1;
    rows = 5;
    columns = 19;
    into = 443;
    bias = vec2<i32>(538, -1);
    leftAt = 44 * uniforms.places;
    leftStride = 5;
    rightAt = 49 * uniforms.places;
    rightStride = 19;
    factorsAt = 0;
    firstRow = ((group - 4) / 1) * 2;
    firstColumn = ((group - 4) % 1) * 64 + local;
  }
  if (group >= 7 && group < 14) {
    kind = 1;
    rows = 14;
    columns = 20;
    into = 23;
    bias = vec2<i32>(403, 423);
    leftAt = 0 * uniforms.places;
    leftStride = 14;
    rightAt = 14 * uniforms.places;
    rightStride = 20;
    factorsAt = 0;
    firstRow = ((group - 7) / 1) * 2;
    firstColumn = ((group - 7) % 1) * 64 + local;
  }
  if (group >= 14 && group < 17) {
    kind = 2;
    rows = 5;
    columns = 20;
    into = 303;
    bias = vec2<i32>(-1, -1);
    leftAt = 39 * uniforms.places;
    leftStride = 5;
    rightAt = 14 * uniforms.places;
    rightStride = 20;
    factorsAt = 0;
    firstRow = ((group - 14) / 1) * 2;
    firstColumn = ((group - 14) % 1) * 64 + local;
  }
  if (group >= 17 && group < 19) {
    kind = 0;
    rows = 3;
    columns = 9;
    into = 868;
    bias = vec2<i32>(-1, -1);
    leftAt = 81 * uniforms.places + 9;
    leftStride = 19;
    rightAt = 0 * uniforms.places + 9;
    rightStride = 18;
    factorsAt = 0;
    firstRow = ((group - 17) / 1) * 2;
    firstColumn = ((group - 17) % 1) * 64 + local;
  }
  if (group >= 19 && group < 21) {
    kind = 0;
    rows = 3;
    columns = 9;
    into = 895;
    bias = vec2<i32>(-1, -1);
    leftAt = 81 * uniforms.places + 12;
    leftStride = 19;
    rightAt = 0 * uniforms.places + 9;
    rightStride = 18;
    factorsAt = 0;
    firstRow = ((group - 19) / 1) * 2;
    firstColumn = ((group - 19) % 1) * 64 + local;
  }
  if (group >= 21 && group < 25) {
    kind = 1;
    rows = 7;
    columns = 19;
    into = 716;
    bias = vec2<i32>(849, -1);
    leftAt = 74 * uniforms.places;
    leftStride = 7;
    rightAt = 81 * uniforms.places;
    rightStride = 19;
    factorsAt = 0;
    firstRow = ((group - 21) / 1) * 2;
    firstColumn = ((group - 21) % 1) * 64 + local;
  }
  if (group >= 25 && group < 32) {
    kind = 1;
    rows = 14;
    columns = 7;
    into = 611;
    bias = vec2<i32>(709, -1);
    leftAt = 0 * uniforms.places;
    leftStride = 14;
    rightAt = 141 * uniforms.places;
    rightStride = 7;
    factorsAt = 0;
    firstRow = ((group - 25) / 1) * 2;
    firstColumn = ((group - 25) % 1) * 64 + local;
  }
  if (group >= 32 && group < 34) {
    kind = 3;
    rows = 4;
    columns = 2;
    into = 0;
    bias = vec2<i32>(-1, -1);
    leftAt = 0 * uniforms.places + 1;
    leftStride = 18;
    rightAt = 127 * uniforms.places + 1;
    rightStride = 14;
    factorsAt = 50 * uniforms.places + 1;
    firstRow = ((group - 32) / 1) * 2;
    firstColumn = ((group - 32) % 1) * 64 + local;
  }
  if (group >= 34 && group < 37) {
    kind = 3;
    rows = 5;
    columns = 3;
    into = 8;
    bias = vec2<i32>(-1, -1);
    leftAt = 0 * uniforms.places + 6;
    leftStride = 18;
    rightAt = 127 * uniforms.places + 4;
    rightStride = 14;
    factorsAt = 50 * uniforms.places + 4;
    firstRow = ((group - 34) / 1) * 2;
    firstColumn = ((group - 34) % 1) * 64 + local;
  }
  var s0_0 = 0.0;
  var s0_1 = 0.0;
  var bias0 = 0.0;
  switch (kind) {
    case 0: {
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 2) {
        let left = leftAt + n * leftStride + firstRow;
        let right = rightAt + n * rightStride;
        let w0 = batch[right + c0];
        let x0 = arena[left + 0];
        let x1 = arena[left + 1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
    }
    case 1: {
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 2) {
        let left = leftAt + n * leftStride + firstRow;
        let right = rightAt + n * rightStride;
        let w0 = arena[right + c0];
        let x0 = arena[left + 0];
        let x1 = arena[left + 1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        bias0 += w0;
      }
    }
    case 2: {
      let c0 = (firstColumn + 0);
      for (var n = uniforms.windows + slice; n < uniforms.places; n += 2) {
        let left = leftAt + max(n - uniforms.windows, 0) * leftStride + firstRow;
        let right = rightAt + n * rightStride;
        let w0 = arena[right + c0];
        let x0 = arena[left + 0];
        let x1 = arena[left + 1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
    }
    case 3: {
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 2) {
        let left = leftAt + n * leftStride + firstRow;
        let right = rightAt + n * rightStride;
        let w0 = arena[right + c0] * batch[factorsAt + n * rightStride + c0];
        let x0 = batch[left + 0];
        let x1 = batch[left + 1];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
      }
    }
    default: {}
  }
  shares[lane] = vec4<f32>(s0_0, s0_1, bias0, 0.0);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64];
    s0_0 = total[0];
    s0_1 = total[1];
    bias0 = total[2];
  }
  workgroupBarrier();
  var squares = 0.0;
  var penalty = 0.0;
  if (slice == 0) {
    {
      let row = firstRow + 0;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = into + row * columns + column;
        var gradient = s0_0;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 1;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = into + row * columns + column;
        var gradient = s0_1;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    if (firstRow == 0) {
      if (firstColumn + 0 < columns) {
        for (var i = 0; i < 2; i++) {
          if (bias[i] >= 0) {
            result[bias[i] + firstColumn + 0] = bias0;
            squares += bias0 * bias0;
          }
        }
      }
    }
  }
  let sums = total(lane, vec4<f32>(squares, penalty, 0.0, 0.0));
  if (lane == 0) {
    result[922 + group * 2] = sums.x;
    result[922 + group * 2 + 1] = sums.y;
  }
}
