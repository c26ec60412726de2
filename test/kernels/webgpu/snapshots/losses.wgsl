// result : read_write, inputs: batch
// 64 lanes
var<workgroup> shares : array<vec4<f32>, 64>;
fn total(lane : i32, share : vec4<f32>) -> vec4<f32> {
  shares[lane] = share;
  for (var reach = 32; reach > 0; reach = reach / 2) {
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
  let group = index / 64;
  let n = (group / 4) * 64 + lane;
  // The loss and whether the best class is right.
  var found = vec4<f32>(0.0);
  if (n < uniforms.places) {
    let weight = batch[18 * uniforms.places + n];
    switch (group % 4) {
      case 0: {
        let begin = 49 * uniforms.places + n * 19 + 0;
        let end = begin + 4;
        if (weight == 0.0) {
          for (var o = begin; o < end; o++) {
            result[o] = 0.0;
          }
        } else {
          let factor = weight * uniforms.scale * 1.0;
          let goal = begin + i32(batch[19 * uniforms.places + n]);
          var best = begin;
          var most = result[begin];
          for (var o = begin + 1; o < end; o++) {
            let logit = result[o];
            if (logit > most) {
              most = logit;
              best = o;
            }
          }
          var goalLogit = 0.0;
          var sum = 0.0;
          for (var o = begin; o < end; o++) {
            goalLogit += batch[20 * uniforms.places + n * 4 + o - begin] * result[o];
            let power = exp(result[o] - most);
            sum += power;
            result[o] = power;
          }
          found.x = weight * (log(sum) + most - goalLogit);
          found.y = select(0.0, weight, best == goal);
          for (var o = begin; o < end; o++) {
            result[o] = factor * (result[o] / sum - batch[20 * uniforms.places + n * 4 + o - begin]);
          }
        }
      }
      case 1: {
        let begin = 49 * uniforms.places + n * 19 + 4;
        let end = begin + 3;
        if (weight == 0.0) {
          for (var o = begin; o < end; o++) {
            result[o] = 0.0;
          }
        } else {
          let factor = weight * uniforms.scale * 0.7;
          let goal = begin + i32(batch[24 * uniforms.places + n]);
          var best = begin;
          var most = result[begin];
          for (var o = begin + 1; o < end; o++) {
            let logit = result[o];
            if (logit > most) {
              most = logit;
              best = o;
            }
          }
          var goalLogit = result[goal];
          var sum = 0.0;
          for (var o = begin; o < end; o++) {
            let power = exp(result[o] - most);
            sum += power;
            result[o] = power;
          }
          found.x = weight * (log(sum) + most - goalLogit);
          found.y = select(0.0, weight, best == goal);
          for (var o = begin; o < end; o++) {
            result[o] = factor * (result[o] / sum - select(0.0, 1.0, o == goal));
          }
        }
      }
      case 2: {
        let begin = 49 * uniforms.places + n * 19 + 7;
        let end = begin + 2;
        if (weight == 0.0) {
          for (var o = begin; o < end; o++) {
            result[o] = 0.0;
          }
        } else {
          let factor = weight * uniforms.scale * 0.4;
          for (var o = begin; o < end; o++) {
            let at = n * 2 + o - begin;
            let deviation = result[o] - batch[25 * uniforms.places + at];
            let share = batch[27 * uniforms.places + at];
            found.x += weight * share * deviation * deviation;
            result[o] = 2.0 * factor * share * deviation;
          }
        }
      }
      case 3: {
        let begin = 49 * uniforms.places + n * 19 + 15;
        let end = begin + 4;
        if (weight == 0.0) {
          for (var o = begin; o < end; o++) {
            result[o] = 0.0;
          }
        } else {
          let factor = weight * uniforms.scale * 0.8;
          let goal = begin + i32(batch[19 * uniforms.places + n]);
          var best = begin;
          var most = result[begin];
          for (var o = begin + 1; o < end; o++) {
            let logit = result[o];
            if (logit > most) {
              most = logit;
              best = o;
            }
          }
          var goalLogit = 0.0;
          var sum = 0.0;
          for (var o = begin; o < end; o++) {
            goalLogit += batch[20 * uniforms.places + n * 4 + o - begin] * result[o];
            let power = exp(result[o] - most);
            sum += power;
            result[o] = power;
          }
          found.x = weight * (log(sum) + most - goalLogit);
          found.y = select(0.0, weight, best == goal);
          for (var o = begin; o < end; o++) {
            result[o] = factor * (result[o] / sum - batch[20 * uniforms.places + n * 4 + o - begin]);
          }
        }
      }
      default: {}
    }
  }
  let sums = total(lane, found);
  if (lane == 0 && n < uniforms.places) {
    result[106 * uniforms.places + group * 2] = sums.x;
    result[106 * uniforms.places + group * 2 + 1] = sums.y;
  }
}
