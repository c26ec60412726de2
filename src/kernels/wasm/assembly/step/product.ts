import { madd } from '../lib/madd.ts';

// Lab notes, [120, 64] x [64, 240], one core of an AMD EPYC, Chromium 156, relaxed and plain build,
// GFLOP/s; "u" is how often the inner loop is unrolled:
//   4 x 8, u1 (this file)   52.7   52.7
//   4 x 8, u2               52.7   38.1
//   4 x 8, u4               38.1   38.1
//   6 x 8, u1               58.2   31.6   spills registers in the plain build
//   6 x 8, u2               44.2   46.1
//   4 x 12, u1              30.7   30.7
//   3 x 16, u2              41.0   41.0
//   8 x 4, u2               41.0   42.5
// Walking down the columns of `a` instead of along its rows costs 4 %. A step of one character takes a tenth
// to a quarter longer without `twoPanels`, as few heads have multiples of 32 columns.

/** Rows of `a` multiplied by all panels before the next ones: they stay in the first-level cache. */
const BLOCK: usize = 64;

/**
 * out [n, m] = init [n, m] + a [n, k] * b [k, m]. `init` may be `out`; with stride 0 it is one row for
 * all. All strides are bytes. `a` may be a transposed matrix: then `aRow` is 4 and `aStep` its stride.
 *
 * @param aRow from one row of `a` to the next
 * @param aStep from one element of a row of `a` to the next
 * @param panels `b` as packed by `packPanels`
 * @param m multiple of 8
 */
export function product(
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  panels: usize,
  n: usize,
  k: usize,
  m: usize,
): void {
  const panelBytes = k << 5;
  const columns = m << 2;
  const tiled = n & ~3;
  for (let block: usize = 0; block < tiled; block += BLOCK) {
    const end = min(block + BLOCK, tiled);
    let panel = panels;
    for (let column: usize = 0; column < columns; column += 32) {
      for (let row = block; row < end; row += 4)
        tile(
          out + row * outStride + column,
          outStride,
          init + row * initStride + column,
          initStride,
          a + row * aRow,
          aRow,
          aStep,
          panel,
          panelBytes,
        );
      panel += panelBytes;
    }
  }
  // Of one row, four panels at a time keep the adders busy, then two, then one.
  for (let row = tiled; row < n; row++) {
    let to = out + row * outStride;
    let from = init + row * initStride;
    let panel = panels;
    const x = a + row * aRow;
    const end = to + columns;
    for (; to + 128 <= end; to += 128, from += 128, panel += panelBytes << 2)
      somePanels<u32>(to, from, x, aStep, panel, panelBytes);
    if (to + 64 <= end) {
      somePanels<u16>(to, from, x, aStep, panel, panelBytes);
      to += 64;
      from += 64;
      panel += panelBytes << 1;
    }
    if (to < end) somePanels<u8>(to, from, x, aStep, panel, panelBytes);
  }
}

/** Four rows by eight columns. */
function tile(
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  panel: usize,
  panelBytes: usize,
): void {
  let c00 = v128.load(init);
  let c01 = v128.load(init, 16);
  init += initStride;
  let c10 = v128.load(init);
  let c11 = v128.load(init, 16);
  init += initStride;
  let c20 = v128.load(init);
  let c21 = v128.load(init, 16);
  init += initStride;
  let c30 = v128.load(init);
  let c31 = v128.load(init, 16);
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const end = panel + panelBytes;
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    panel += 32;
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outStride;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outStride;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outStride;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

/** One row by as many panels as `T` has bytes, which the compiler knows: it leaves out the others. */
function somePanels<T>(
  out: usize,
  init: usize,
  a: usize,
  aStep: usize,
  p0: usize,
  panelBytes: usize,
): void {
  const zero = f32x4.splat(0);
  let c0 = v128.load(init);
  let c1 = v128.load(init, 16);
  let c2 = sizeof<T>() > 1 ? v128.load(init, 32) : zero;
  let c3 = sizeof<T>() > 1 ? v128.load(init, 48) : zero;
  let c4 = sizeof<T>() > 2 ? v128.load(init, 64) : zero;
  let c5 = sizeof<T>() > 2 ? v128.load(init, 80) : zero;
  let c6 = sizeof<T>() > 2 ? v128.load(init, 96) : zero;
  let c7 = sizeof<T>() > 2 ? v128.load(init, 112) : zero;
  const end = p0 + panelBytes;
  let p1 = p0 + panelBytes;
  let p2 = p1 + panelBytes;
  let p3 = p2 + panelBytes;
  while (p0 < end) {
    const x = v128.load32_splat(a);
    c0 = madd(x, v128.load(p0), c0);
    c1 = madd(x, v128.load(p0, 16), c1);
    if (sizeof<T>() > 1) {
      c2 = madd(x, v128.load(p1), c2);
      c3 = madd(x, v128.load(p1, 16), c3);
      p1 += 32;
    }
    if (sizeof<T>() > 2) {
      c4 = madd(x, v128.load(p2), c4);
      c5 = madd(x, v128.load(p2, 16), c5);
      c6 = madd(x, v128.load(p3), c6);
      c7 = madd(x, v128.load(p3, 16), c7);
      p2 += 32;
      p3 += 32;
    }
    a += aStep;
    p0 += 32;
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  if (sizeof<T>() > 1) {
    v128.store(out, c2, 32);
    v128.store(out, c3, 48);
  }
  if (sizeof<T>() > 2) {
    v128.store(out, c4, 64);
    v128.store(out, c5, 80);
    v128.store(out, c6, 96);
    v128.store(out, c7, 112);
  }
}
