import * as v from 'valibot';
import { BitReader, BitWriter, bitsFor } from '../util/bits.ts';
import { count, whole } from '../util/number-schema.ts';

/**
 * How one series is packed: by itself, or derived from another one that is unpacked before it. Then each
 * symbol of the other series, in the same row or a row next to it, stands for a symbol of this series,
 * and rows where that is wrong are stored as exceptions. Plain JSON.
 */
const seriesSchema = v.strictObject({
  /** Index of the series. */
  series: count,
  /** Bits of a symbol. */
  bits: whole(1, 16),
  from: v.optional(
    v.strictObject({
      series: count,
      /** Row of the other series, counted back from this one; -1 = the row after. */
      back: v.picklist([-1, 0, 1]),
      /** Number of rows where the derivation is wrong. */
      exceptions: count,
    }),
  ),
});

/** All series, in the order in which they can be unpacked. */
export const packedSeriesSchema = v.array(seriesSchema);
type PackedSeries = v.InferOutput<typeof seriesSchema>;

export interface PackedTable {
  readonly order: readonly PackedSeries[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Series = Uint16Array;

/**
 * Packs series of equal length in few bits: each symbol in no more than it needs, and of a series that
 * can be derived from another one only the exceptions. In an expert table these are most of the earlier
 * actions (each is the newest one of the row before) and coarse bins of a field that is also there in
 * fine bins. The same series give the same bytes.
 */
export function packSeries(all: readonly Series[]): PackedTable {
  const rows = all[0].length;
  const greatest = all.map((series) => series.reduce((a, b) => (b > a ? b : a), 0));
  // A series can be derived from one with more symbols.
  const order = all.map((_, index) => index).sort((a, b) => greatest[b] - greatest[a] || a - b);
  const writer = new BitWriter();
  const rowBits = bitsFor(rows);
  const packed = order.map((index, at): PackedSeries => {
    const bits = bitsFor(greatest[index]);
    const derivation = order
      .slice(0, at)
      .flatMap((other) => ([-1, 0, 1] as const).map((back) => derive(all, { index, other, back })))
      .map((one) => ({
        ...one,
        cost: one.map.length * bits + one.missed.length * (rowBits + bits),
      }))
      .reduce<Candidate | null>((a, b) => (a && a.cost <= b.cost ? a : b), null);
    if (!derivation || derivation.cost >= rows * bits) {
      for (const symbol of all[index]) writer.write(symbol, bits);
      return { series: index, bits };
    }
    for (const symbol of derivation.map) writer.write(symbol, bits);
    for (const row of derivation.missed) {
      writer.write(row, rowBits);
      writer.write(all[index][row], bits);
    }
    const { other: series, back, missed } = derivation;
    return { series: index, bits, from: { series, back, exceptions: missed.length } };
  });
  return { order: packed, bytes: writer.bytes };
}

/** How a series is derived from another one. */
interface Derivation {
  readonly other: number;
  readonly back: -1 | 0 | 1;
  /** For each symbol of the other series, up to its greatest, the symbol that it stands for. */
  readonly map: Uint16Array;
  /** Rows where the derived symbol is wrong, ascending. */
  readonly missed: readonly number[];
}

type Candidate = Derivation & { readonly cost: number };

function derive(
  all: readonly Series[],
  { index, other, back }: { index: number; other: number; back: -1 | 0 | 1 },
): Derivation {
  const [series, source] = [all[index], all[other]];
  const sizes = [series, source].map((one) => one.reduce((a, b) => (b > a ? b : a), 0) + 1);
  const counts = new Map<number, number>();
  const map = new Uint16Array(sizes[1]);
  const most = new Uint32Array(sizes[1]);
  for (let row = Math.max(0, back); row < series.length + Math.min(0, back); row++) {
    const symbol = source[row - back];
    const pair = symbol * sizes[0] + series[row];
    const seen = (counts.get(pair) ?? 0) + 1;
    counts.set(pair, seen);
    if (seen <= most[symbol]) continue;
    most[symbol] = seen;
    map[symbol] = series[row];
  }
  const missed: number[] = [];
  series.forEach((symbol, row) => {
    if (symbol !== derivedSymbol(source, map, row - back)) missed.push(row);
  });
  return { other, back, map, missed };
}

/** The symbol that a row of the source stands for; 0 where there is no such row. */
const derivedSymbol = (source: Series, map: Uint16Array, row: number): number =>
  row < 0 || row >= source.length ? 0 : map[source[row]];

/**
 * The inverse of `packSeries`, for a known number of series and rows. Calls `wrong` for what
 * `packSeries` cannot have made.
 */
export function unpackSeries(
  { order, bytes }: { readonly order: readonly PackedSeries[]; readonly bytes: Uint8Array },
  { series: width, rows }: { readonly series: number; readonly rows: number },
  wrong: (what: string) => never,
): Series[] {
  const found = new Map<number, Series>();
  const reader = new BitReader(bytes);
  const rowBits = bitsFor(rows);
  const need = (bits: number): void => {
    if (bits > reader.left) wrong('its packed experts end too early');
  };
  for (const { series, bits, from } of order) {
    if (series >= width || found.has(series)) wrong('its packed experts are in no right order');
    if (!from) {
      need(rows * bits);
      found.set(
        series,
        Uint16Array.from({ length: rows }, () => reader.read(bits)),
      );
      continue;
    }
    const source = found.get(from.series);
    if (!source) return wrong('its packed experts are in no right order');
    const size = source.reduce((a, b) => (b > a ? b : a), 0) + 1;
    need(size * bits + from.exceptions * (rowBits + bits));
    const map = Uint16Array.from({ length: size }, () => reader.read(bits));
    const symbols = Uint16Array.from(source, (_, row) =>
      derivedSymbol(source, map, row - from.back),
    );
    for (let i = 0; i < from.exceptions; i++) {
      const row = reader.read(rowBits);
      if (row >= rows) wrong('its packed experts name rows that do not exist');
      symbols[row] = reader.read(bits);
    }
    found.set(series, symbols);
  }
  if (reader.left >= 8) wrong('its packed experts are too long');
  return Array.from(
    { length: width },
    (_, index) => found.get(index) ?? wrong('its packed experts are not complete'),
  );
}
