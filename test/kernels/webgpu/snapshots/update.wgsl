// result : read_write, inputs: gradient, roles, arena
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
  for (var i = lane; i < 37; i += 64) {
    let at = 922 + i * 2;
    found += vec4<f32>(gradient[at], gradient[at + 1], 0.0, 0.0);
  }
  let sums = total(lane, found);
  let scale = 1.0 / max(1.0, sqrt(sums.x) / 1.0);
  var row = vec4<f32>(0.0);
  if (index < 64) {
    for (var i = lane; i < 4 * ((uniforms.places + 63) / 64); i += 64) {
      let loss = arena[106 * uniforms.places + i * 2];
      switch (i % 4) {
        case 0: { row += loss * vec4<f32>(1.0, 0.5, 0.0, 0.0); }
        case 1: { row += loss * vec4<f32>(0.7, 0.0, 0.5, 0.0); }
        case 2: { row += loss * vec4<f32>(0.4, 0.0, 0.0, 0.5); }
        case 3: { row += loss * vec4<f32>(0.8, 0.0, 0.0, 0.0); }
        default: {}
      }
    }
    for (var i = lane; i < 4 * ((uniforms.places + 63) / 64); i += 64) {
      let loss = arena[114 * uniforms.places + i * 2];
      switch (i % 4) {
        case 0: { row += loss * vec4<f32>(1.0, 0.5, 0.0, 0.0); }
        case 1: { row += loss * vec4<f32>(0.7, 0.0, 0.5, 0.0); }
        case 2: { row += loss * vec4<f32>(0.4, 0.0, 0.0, 0.5); }
        case 3: { row += loss * vec4<f32>(0.8, 0.0, 0.0, 0.0); }
        default: {}
      }
    }
  }
  workgroupBarrier();
  row = total(lane, row) * uniforms.scale;
  if (index == 0) {
    row.x += sums.y;
    result[uniforms.log + 0] = row[0];
    result[uniforms.log + 1] = row[1];
    result[uniforms.log + 2] = row[2];
    result[uniforms.log + 3] = row[3];
  }
  for (var i = index; i < 922; i += 960) {
    let role = i32(roles[i]);
    let slope = gradient[i] * scale;
    var weight = result[i];
    let first = 0.9 * result[1628 + i] + 0.09999999999999998 * slope;
    let second = 0.999 * result[2550 + i] + 0.0010000000000000009 * slope * slope;
    result[1628 + i] = first;
    result[2550 + i] = second;
    weight -= uniforms.rate * first * uniforms.firstScale / (sqrt(second * uniforms.secondScale) + 1e-8);
    result[i] = weight;
    if (role > 1) {
      result[role / 2 - 1] = weight;
    }
  }
}
