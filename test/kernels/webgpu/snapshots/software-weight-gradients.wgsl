// result : read_write, inputs: x, trace, losses, batch, dInput, weights
// uniforms: places : i32, windows : i32, sums : i32, x : i32, hiddens : i32, output : i32, dOutputs : i32, features : i32
// 4 lanes
var<workgroup> shares : array<vec4<f32>, 4>;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / 4;
  let local = lane % 4;
  let slice = lane / 4;
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
  var s4_0 = 0.0;
  var s4_1 = 0.0;
  var s4_2 = 0.0;
  var s4_3 = 0.0;
  var s4_4 = 0.0;
  var s4_5 = 0.0;
  var s4_6 = 0.0;
  var s4_7 = 0.0;
  var s5_0 = 0.0;
  var s5_1 = 0.0;
  var s5_2 = 0.0;
  var s5_3 = 0.0;
  var s5_4 = 0.0;
  var s5_5 = 0.0;
  var s5_6 = 0.0;
  var s5_7 = 0.0;
  var s6_0 = 0.0;
  var s6_1 = 0.0;
  var s6_2 = 0.0;
  var s6_3 = 0.0;
  var s6_4 = 0.0;
  var s6_5 = 0.0;
  var s6_6 = 0.0;
  var s6_7 = 0.0;
  var s7_0 = 0.0;
  var s7_1 = 0.0;
  var s7_2 = 0.0;
  var s7_3 = 0.0;
  var s7_4 = 0.0;
  var s7_5 = 0.0;
  var s7_6 = 0.0;
  var s7_7 = 0.0;
  var s8_0 = 0.0;
  var s8_1 = 0.0;
  var s8_2 = 0.0;
  var s8_3 = 0.0;
  var s8_4 = 0.0;
  var s8_5 = 0.0;
  var s8_6 = 0.0;
  var s8_7 = 0.0;
  var s9_0 = 0.0;
  var s9_1 = 0.0;
  var s9_2 = 0.0;
  var s9_3 = 0.0;
  var s9_4 = 0.0;
  var s9_5 = 0.0;
  var s9_6 = 0.0;
  var s9_7 = 0.0;
  var s10_0 = 0.0;
  var s10_1 = 0.0;
  var s10_2 = 0.0;
  var s10_3 = 0.0;
  var s10_4 = 0.0;
  var s10_5 = 0.0;
  var s10_6 = 0.0;
  var s10_7 = 0.0;
  var s11_0 = 0.0;
  var s11_1 = 0.0;
  var s11_2 = 0.0;
  var s11_3 = 0.0;
  var s11_4 = 0.0;
  var s11_5 = 0.0;
  var s11_6 = 0.0;
  var s11_7 = 0.0;
  var s12_0 = 0.0;
  var s12_1 = 0.0;
  var s12_2 = 0.0;
  var s12_3 = 0.0;
  var s12_4 = 0.0;
  var s12_5 = 0.0;
  var s12_6 = 0.0;
  var s12_7 = 0.0;
  var s13_0 = 0.0;
  var s13_1 = 0.0;
  var s13_2 = 0.0;
  var s13_3 = 0.0;
  var s13_4 = 0.0;
  var s13_5 = 0.0;
  var s13_6 = 0.0;
  var s13_7 = 0.0;
  var s14_0 = 0.0;
  var s14_1 = 0.0;
  var s14_2 = 0.0;
  var s14_3 = 0.0;
  var s14_4 = 0.0;
  var s14_5 = 0.0;
  var s14_6 = 0.0;
  var s14_7 = 0.0;
  var s15_0 = 0.0;
  var s15_1 = 0.0;
  var s15_2 = 0.0;
  var s15_3 = 0.0;
  var s15_4 = 0.0;
  var s15_5 = 0.0;
  var s15_6 = 0.0;
  var s15_7 = 0.0;
  var bias0 = 0.0;
  var bias1 = 0.0;
  var bias2 = 0.0;
  var bias3 = 0.0;
  var bias4 = 0.0;
  var bias5 = 0.0;
  var bias6 = 0.0;
  var bias7 = 0.0;
  var bias8 = 0.0;
  var bias9 = 0.0;
  var bias10 = 0.0;
  var bias11 = 0.0;
  var bias12 = 0.0;
  var bias13 = 0.0;
  var bias14 = 0.0;
  var bias15 = 0.0;
  switch (job) {
    case 0: {
      rows = 8;
      columns = 15;
      place = 23;
      firstRow = ((group - 0) / 1) * 8;
      firstColumn = ((group - 0) % 1) * 64 + local;
      let c0 = (firstColumn + 0);
      let c1 = (firstColumn + 4);
      let c2 = (firstColumn + 8);
      let c3 = (firstColumn + 12);
      for (var n = slice; n < uniforms.places; n += 1) {
        let left = uniforms.x + n * 8 + firstRow;
        let right = 0 + n * 20;
        let w0 = trace[right + c0];
        let w1 = trace[right + c1];
        let w2 = trace[right + c2];
        let w3 = trace[right + c3];
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
        s3_0 += w3 * x0;
        s3_1 += w3 * x1;
        s3_2 += w3 * x2;
        s3_3 += w3 * x3;
        s3_4 += w3 * x4;
        s3_5 += w3 * x5;
        s3_6 += w3 * x6;
        s3_7 += w3 * x7;
        bias0 += w0;
        bias1 += w1;
        bias2 += w2;
        bias3 += w3;
      }
    }
    case 1: {
      rows = 5;
      columns = 15;
      place = 143;
      firstRow = ((group - 1) / 1) * 8;
      firstColumn = ((group - 1) % 1) * 64 + local;
      let c0 = (firstColumn + 0) + select(0, 5, (firstColumn + 0) >= 10);
      let c1 = (firstColumn + 4) + select(0, 5, (firstColumn + 4) >= 10);
      let c2 = (firstColumn + 8) + select(0, 5, (firstColumn + 8) >= 10);
      let c3 = (firstColumn + 12) + select(0, 5, (firstColumn + 12) >= 10);
      for (var n = slice; n < uniforms.places; n += 1) {
        let left = uniforms.hiddens + max(n - uniforms.windows, 0) * 5 + firstRow;
        let right = 0 + n * 20;
        let live = select(0.0, 1.0, n >= uniforms.windows);
        let w0 = trace[right + c0];
        let w1 = trace[right + c1];
        let w2 = trace[right + c2];
        let w3 = trace[right + c3];
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
        s3_0 += w3 * x0;
        s3_1 += w3 * x1;
        s3_2 += w3 * x2;
        s3_3 += w3 * x3;
        s3_4 += w3 * x4;
        s3_5 += w3 * x5;
        s3_6 += w3 * x6;
        s3_7 += w3 * x7;
        bias0 += w0;
        bias1 += w1;
        bias2 += w2;
        bias3 += w3;
      }
    }
    case 2: {
      rows = 5;
      columns = 9;
      place = 248;
      firstRow = ((group - 2) / 1) * 8;
      firstColumn = ((group - 2) % 1) * 64 + local;
      let c0 = (firstColumn + 0);
      let c1 = (firstColumn + 4);
      let c2 = (firstColumn + 8);
      for (var n = slice; n < uniforms.places; n += 1) {
        let left = uniforms.output + n * 5 + firstRow;
        let right = uniforms.dOutputs + n * 9;
        let w0 = losses[right + c0];
        let w1 = losses[right + c1];
        let w2 = losses[right + c2];
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
        bias0 += w0;
        bias1 += w1;
        bias2 += w2;
      }
    }
    case 3: {
      rows = 4;
      columns = 2;
      place = 0;
      firstRow = ((group - 3) / 1) * 8;
      firstColumn = ((group - 3) % 1) * 64 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 1) {
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
      firstColumn = ((group - 4) % 1) * 64 + local;
      let c0 = (firstColumn + 0);
      for (var n = slice; n < uniforms.places; n += 1) {
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
  var squares = 0.0;
  var penalty = 0.0;
  if (slice == 0) {
    var sums : array<f32, 128>;
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
    sums[24] = s3_0;
    sums[25] = s3_1;
    sums[26] = s3_2;
    sums[27] = s3_3;
    sums[28] = s3_4;
    sums[29] = s3_5;
    sums[30] = s3_6;
    sums[31] = s3_7;
    sums[32] = s4_0;
    sums[33] = s4_1;
    sums[34] = s4_2;
    sums[35] = s4_3;
    sums[36] = s4_4;
    sums[37] = s4_5;
    sums[38] = s4_6;
    sums[39] = s4_7;
    sums[40] = s5_0;
    sums[41] = s5_1;
    sums[42] = s5_2;
    sums[43] = s5_3;
    sums[44] = s5_4;
    sums[45] = s5_5;
    sums[46] = s5_6;
    sums[47] = s5_7;
    sums[48] = s6_0;
    sums[49] = s6_1;
    sums[50] = s6_2;
    sums[51] = s6_3;
    sums[52] = s6_4;
    sums[53] = s6_5;
    sums[54] = s6_6;
    sums[55] = s6_7;
    sums[56] = s7_0;
    sums[57] = s7_1;
    sums[58] = s7_2;
    sums[59] = s7_3;
    sums[60] = s7_4;
    sums[61] = s7_5;
    sums[62] = s7_6;
    sums[63] = s7_7;
    sums[64] = s8_0;
    sums[65] = s8_1;
    sums[66] = s8_2;
    sums[67] = s8_3;
    sums[68] = s8_4;
    sums[69] = s8_5;
    sums[70] = s8_6;
    sums[71] = s8_7;
    sums[72] = s9_0;
    sums[73] = s9_1;
    sums[74] = s9_2;
    sums[75] = s9_3;
    sums[76] = s9_4;
    sums[77] = s9_5;
    sums[78] = s9_6;
    sums[79] = s9_7;
    sums[80] = s10_0;
    sums[81] = s10_1;
    sums[82] = s10_2;
    sums[83] = s10_3;
    sums[84] = s10_4;
    sums[85] = s10_5;
    sums[86] = s10_6;
    sums[87] = s10_7;
    sums[88] = s11_0;
    sums[89] = s11_1;
    sums[90] = s11_2;
    sums[91] = s11_3;
    sums[92] = s11_4;
    sums[93] = s11_5;
    sums[94] = s11_6;
    sums[95] = s11_7;
    sums[96] = s12_0;
    sums[97] = s12_1;
    sums[98] = s12_2;
    sums[99] = s12_3;
    sums[100] = s12_4;
    sums[101] = s12_5;
    sums[102] = s12_6;
    sums[103] = s12_7;
    sums[104] = s13_0;
    sums[105] = s13_1;
    sums[106] = s13_2;
    sums[107] = s13_3;
    sums[108] = s13_4;
    sums[109] = s13_5;
    sums[110] = s13_6;
    sums[111] = s13_7;
    sums[112] = s14_0;
    sums[113] = s14_1;
    sums[114] = s14_2;
    sums[115] = s14_3;
    sums[116] = s14_4;
    sums[117] = s14_5;
    sums[118] = s14_6;
    sums[119] = s14_7;
    sums[120] = s15_0;
    sums[121] = s15_1;
    sums[122] = s15_2;
    sums[123] = s15_3;
    sums[124] = s15_4;
    sums[125] = s15_5;
    sums[126] = s15_6;
    sums[127] = s15_7;
    for (var q = 0; q < 16; q++) {
      for (var r = 0; r < 8; r++) {
        let row = firstRow + r;
        let column = firstColumn + q * 4;
        if (row < rows && column < columns) {
          let at = place + row * columns + column;
          var gradient = sums[q * 8 + r];
          let w = weights[at];
          gradient += 0.0001 * sign(w) + 0.001 * w;
          penalty += 0.0001 * abs(w) + 0.0005 * w * w;
          squares += gradient * gradient;
          result[at] = gradient;
        }
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
        let column = firstColumn + 4;
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
        let column = firstColumn + 8;
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
        let column = firstColumn + 12;
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
      {
        let column = firstColumn + 16;
        let bias = bias4;
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
        let column = firstColumn + 20;
        let bias = bias5;
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
        let column = firstColumn + 24;
        let bias = bias6;
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
        let column = firstColumn + 28;
        let bias = bias7;
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
        let column = firstColumn + 32;
        let bias = bias8;
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
        let column = firstColumn + 36;
        let bias = bias9;
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
        let column = firstColumn + 40;
        let bias = bias10;
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
        let column = firstColumn + 44;
        let bias = bias11;
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
        let column = firstColumn + 48;
        let bias = bias12;
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
        let column = firstColumn + 52;
        let bias = bias13;
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
        let column = firstColumn + 56;
        let bias = bias14;
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
        let column = firstColumn + 60;
        let bias = bias15;
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
    for (var i = 1; i < 4; i++) {
      squares += shares[i].x;
      penalty += shares[i].y;
    }
    result[uniforms.sums + group * 2] = squares;
    result[uniforms.sums + group * 2 + 1] = penalty;
  }
}
