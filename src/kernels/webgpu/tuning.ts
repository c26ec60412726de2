/** How work is divided among lanes and workgroups; results do not depend on it. */
export interface Tuning {
  /**
   * Whether lanes are simulated on a CPU. Then workgroup memory, barriers and long code are expensive,
   * and a few lanes should do much work each. Measured on SwiftShader, per 4 lanes: a load from a
   * buffer 11 ns, a barrier 500, a multiplication and addition 2. Each kilobyte of workgroup memory
   * takes a quarter of a second to compile, since it is cleared element by element: with the recurrent
   * programs of graphics cards, the tests of the kernels took a third more CPU time.
   */
  readonly serial: boolean;
  /** Most lanes in a workgroup of the recurrent programs; layers with more units are tiled. */
  readonly maxLanes: number;
  /** Rows of a batch that a lane of the recurrent programs computes: 1, 2, 4 or 8. */
  readonly recurrentRows: number;
  /** Lanes of a workgroup, and rows and columns of each of them, in products of matrices. */
  readonly lanes: number;
  readonly rows: number;
  readonly columns: number;
  /** Groups of lanes that share the sum over all places of a tile of weight gradients. */
  readonly slices: number;
}

/** For graphics cards: many workgroups, and lanes that still reuse what they load. */
export const GPU_TUNING: Tuning = {
  serial: false,
  maxLanes: 256,
  recurrentRows: 4,
  lanes: 64,
  rows: 8,
  columns: 4,
  slices: 4,
};

/** For adapters that compute on the CPU. 16 columns a lane took 10 % less time than 8, 4 a third more. */
export const SOFTWARE_TUNING: Tuning = {
  serial: true,
  maxLanes: 256,
  recurrentRows: 8,
  lanes: 4,
  rows: 8,
  columns: 16,
  slices: 1,
};

/** Lanes that are computed together even where they are simulated. */
const SIMD = 4;

/** Columns of a lane in a product with `columns` columns: few enough that every lane has work. */
export function columnsPerLane(columns: number, { serial, lanes, columns: most }: Tuning): number {
  return Math.min(most, Math.ceil(columns / (serial ? SIMD : lanes)));
}
