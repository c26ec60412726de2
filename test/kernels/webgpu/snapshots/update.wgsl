// result : read_write, inputs: gradient, losses, roles
// uniforms: headGroups : i32, log : i32, rate : f32, firstScale : f32, secondScale : f32, lossScale : f32
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
  var found = vec4<f32>(0.0);
  for (var i = lane; i < 5; i += 64) {
    let at = 302 + i * 2;
    found += vec4<f32>(gradient[at], gradient[at + 1], 0.0, 0.0);
  }
  let sums = total(lane, found);
  let scale = 1.0 / max(1.0, sqrt(sums.x) / 1.0);
  var heads = vec4<f32>(0.0);
  if (index < 64) {
    for (var i = lane; i < uniforms.headGroups; i += 64) {
      let at = i * 4;
      heads += vec4<f32>(losses[at + 0], losses[at + 1], losses[at + 2], 0.0);
    }
  }
  workgroupBarrier();
  let means = total(lane, heads) * uniforms.lossScale;
  if (index == 0) {
    result[uniforms.log] = sums.y + dot(means.xyz, vec3<f32>(1.0, 0.7, 0.4));
    result[uniforms.log + 1] = means[0];
    result[uniforms.log + 2] = means[1];
    result[uniforms.log + 3] = means[2];
  }
  for (var i = index; i < 302; i += 320) {
    let role = i32(roles[i]);
    let slope = gradient[i] * scale;
    var weight = result[i];
    let first = 0.9 * result[302 + i] + 0.09999999999999998 * slope;
    let second = 0.999 * result[604 + i] + 0.0010000000000000009 * slope * slope;
    result[302 + i] = first;
    result[604 + i] = second;
    weight -= uniforms.rate * first * uniforms.firstScale / (sqrt(second * uniforms.secondScale) + 1e-8);
    result[i] = weight;
    if (role > 1) {
      result[role / 2 - 1] = weight;
    }
  }
}
