// result : read_write, inputs: x, trace, losses, batch, dInput, weights
// uniforms: places : i32, windows : i32, sums : i32, x : i32, hiddens : i32, output : i32, dOutputs : i32, features : i32
// 256 lanes
var<workgroup> shares : array<vec4<f32>, 256>;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 256;
  let local = lane % 64;
  let slice = lane / 64;
  var job = 0;
  var rows = 0;
  var columns = 0;
  var place = 0;
  var firstRow = 0;
  var firstColumn = 0;
  if (group >= 0) {
    job = 0;
  }
  if (group >= 1) {
    job = 1;
  }
  if (group >= 2) {
    job = 2;
  }
  if (group >= 3) {
    job = 3;
  }
  if (group >= 4) {
    job = 4;
  }
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
  var s2_0 = 0.0;
  var s2_1 = 0.0;
  var s2_2 = 0.0;
  var s2_3 = 0.0;
  var s2_4 = 0.0;
  var s2_5 = 0.0;
  var s2_6 = 0.0;
  var s2_7 = 0.0;
  var s3_0 = 0.0;
  var s3_1 = 0.0;
  var s3_2 = 0.0;
  var s3_3 = 0.0;
  var s3_4 = 0.0;
  var s3_5 = 0.0;
  var s3_6 = 0.0;
  var s3_7 = 0.0;
  var bias0 = 0.0;
  var bias1 = 0.0;
  var bias2 = 0.0;
  var bias3 = 0.0;
  switch (job) {
    case 0: {
      rows = 8;
      columns = 15;
      place = 23;
      firstRow = ((group - 0) / 1) * 8;
      firstColumn = ((group - 0) % 1) * 256 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 4) {
        let left = uniforms.x + n * 8 + firstRow;
        let right = 0 + n * 20;
        let w0 = trace[right + c0];
        let x0 = x[left + 0];
        let x1 = x[left + 1];
        let x2 = x[left + 2];
        let x3 = x[left + 3];
        let x4 = x[left + 4];
        let x5 = x[left + 5];
        let x6 = x[left + 6];
        let x7 = x[left + 7];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
        bias0 += w0;
      }
    }
    case 1: {
      rows = 5;
      columns = 15;
      place = 143;
      firstRow = ((group - 1) / 1) * 8;
      firstColumn = ((group - 1) % 1) * 256 + local;
      let c0 = (firstColumn + 0) + select(0, 5, (firstColumn + 0) >= 10);
      for (var n = slice; n < uniforms.places; n += 4) {
        let left = uniforms.hiddens + max(n - uniforms.windows, 0) * 5 + firstRow;
        let right = 0 + n * 20;
        let live = select(0.0, 1.0, n >= uniforms.windows);
        let w0 = trace[right + c0];
        let x0 = live * trace[left + 0];
        let x1 = live * trace[left + 1];
        let x2 = live * trace[left + 2];
        let x3 = live * trace[left + 3];
        let x4 = live * trace[left + 4];
        let x5 = live * trace[left + 5];
        let x6 = live * trace[left + 6];
        let x7 = live * trace[left + 7];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
        bias0 += w0;
      }
    }
    case 2: {
      rows = 5;
      columns = 9;
      place = 248;
      firstRow = ((group - 2) / 1) * 8;
      firstColumn = ((group - 2) % 1) * 256 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 4) {
        let left = uniforms.output + n * 5 + firstRow;
        let right = uniforms.dOutputs + n * 9;
        let w0 = losses[right + c0];
        let x0 = trace[left + 0];
        let x1 = trace[left + 1];
        let x2 = trace[left + 2];
        let x3 = trace[left + 3];
        let x4 = trace[left + 4];
        let x5 = trace[left + 5];
        let x6 = trace[left + 6];
        let x7 = trace[left + 7];
        s0_0 += w0 * x0;
        s0_1 += w0 * x1;
        s0_2 += w0 * x2;
        s0_3 += w0 * x3;
        s0_4 += w0 * x4;
        s0_5 += w0 * x5;
        s0_6 += w0 * x6;
        s0_7 += w0 * x7;
        bias0 += w0;
      }
    }
    case 3: {
      rows = 4;
      columns = 2;
      place = 0;
      firstRow = ((group - 3) / 1) * 8;
      firstColumn = ((group - 3) % 1) * 256 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 4) {
        let left = uniforms.features + 1 + n * 12 + firstRow;
        let right = 1 + n * 8;
        let w0 = dInput[right + c0];
        let x0 = batch[left + 0];
        let x1 = batch[left + 1];
        let x2 = batch[left + 2];
        let x3 = batch[left + 3];
        let x4 = batch[left + 4];
        let x5 = batch[left + 5];
        let x6 = batch[left + 6];
        let x7 = batch[left + 7];
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
    case 4: {
      rows = 5;
      columns = 3;
      place = 8;
      firstRow = ((group - 4) / 1) * 8;
      firstColumn = ((group - 4) % 1) * 256 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 4) {
        let left = uniforms.features + 6 + n * 12 + firstRow;
        let right = 4 + n * 8;
        let w0 = dInput[right + c0];
        let x0 = batch[left + 0];
        let x1 = batch[left + 1];
        let x2 = batch[left + 2];
        let x3 = batch[left + 3];
        let x4 = batch[left + 4];
        let x5 = batch[left + 5];
        let x6 = batch[left + 6];
        let x7 = batch[left + 7];
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
    default: {}
  }
  shares[lane] = vec4<f32>(s0_0, s0_1, s0_2, s0_3);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s0_0 = total[0];
    s0_1 = total[1];
    s0_2 = total[2];
    s0_3 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s0_4, s0_5, s0_6, s0_7);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s0_4 = total[0];
    s0_5 = total[1];
    s0_6 = total[2];
    s0_7 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(bias0, s1_0, s1_1, s1_2);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    bias0 = total[0];
    s1_0 = total[1];
    s1_1 = total[2];
    s1_2 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s1_3, s1_4, s1_5, s1_6);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s1_3 = total[0];
    s1_4 = total[1];
    s1_5 = total[2];
    s1_6 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s1_7, bias1, s2_0, s2_1);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s1_7 = total[0];
    bias1 = total[1];
    s2_0 = total[2];
    s2_1 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s2_2, s2_3, s2_4, s2_5);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s2_2 = total[0];
    s2_3 = total[1];
    s2_4 = total[2];
    s2_5 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s2_6, s2_7, bias2, s3_0);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s2_6 = total[0];
    s2_7 = total[1];
    bias2 = total[2];
    s3_0 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s3_1, s3_2, s3_3, s3_4);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s3_1 = total[0];
    s3_2 = total[1];
    s3_3 = total[2];
    s3_4 = total[3];
  }
  workgroupBarrier();
  shares[lane] = vec4<f32>(s3_5, s3_6, s3_7, bias3);
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + shares[local + 64] + shares[local + 128] + shares[local + 192];
    s3_5 = total[0];
    s3_6 = total[1];
    s3_7 = total[2];
    bias3 = total[3];
  }
  workgroupBarrier();
  var squares = 0.0;
  var penalty = 0.0;
  if (slice == 0) {
    {
      let row = firstRow + 0;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
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
        let at = place + row * columns + column;
        var gradient = s0_1;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 2;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_2;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 3;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_3;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 4;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_4;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 5;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_5;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 6;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_6;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 7;
      let column = firstColumn + 0 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s0_7;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 0;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_0;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 1;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_1;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 2;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_2;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 3;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_3;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 4;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_4;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 5;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_5;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 6;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_6;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 7;
      let column = firstColumn + 1 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s1_7;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 0;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_0;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 1;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_1;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 2;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_2;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 3;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_3;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 4;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_4;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 5;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_5;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 6;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_6;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 7;
      let column = firstColumn + 2 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s2_7;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 0;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_0;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 1;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_1;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 2;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_2;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 3;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_3;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 4;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_4;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 5;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_5;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 6;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_6;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    {
      let row = firstRow + 7;
      let column = firstColumn + 3 * 64;
      if (row < rows && column < columns) {
        let at = place + row * columns + column;
        var gradient = s3_7;
        let w = weights[at];
        gradient += 0.0001 * sign(w) + 0.001 * w;
        penalty += 0.0001 * abs(w) + 0.0005 * w * w;
        squares += gradient * gradient;
        result[at] = gradient;
      }
    }
    if (firstRow == 0) {
      {
        let column = firstColumn + 0;
        let bias = bias0;
        if (column < columns) {
          switch (job) {
            case 0: {
              result[218 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 1: {
              result[233 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 2: {
              result[293 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            default: {}
          }
        }
      }
      {
        let column = firstColumn + 64;
        let bias = bias1;
        if (column < columns) {
          switch (job) {
            case 0: {
              result[218 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 1: {
              result[233 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 2: {
              result[293 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            default: {}
          }
        }
      }
      {
        let column = firstColumn + 128;
        let bias = bias2;
        if (column < columns) {
          switch (job) {
            case 0: {
              result[218 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 1: {
              result[233 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 2: {
              result[293 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            default: {}
          }
        }
      }
      {
        let column = firstColumn + 192;
        let bias = bias3;
        if (column < columns) {
          switch (job) {
            case 0: {
              result[218 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 1: {
              result[233 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            case 2: {
              result[293 + column] = bias;
              squares += 1.0 * bias * bias;
            }
            default: {}
          }
        }
      }
    }
  }
  shares[lane] = vec4<f32>(squares, penalty, 0.0, 0.0);
  workgroupBarrier();
  if (lane == 0) {
    for (var i = 1; i < 64; i++) {
      squares += shares[i].x;
      penalty += shares[i].y;
    }
    result[uniforms.sums + group * 2] = squares;
    result[uniforms.sums + group * 2 + 1] = penalty;
  }
}
