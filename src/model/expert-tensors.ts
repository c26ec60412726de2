import * as v from 'valibot';
import { isMixerSize } from '../experts/expert-mixer.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { expertCount, HISTORY } from '../experts/symbol-source.ts';
import type { SymbolSource } from '../experts/symbol-source.ts';
import { count, finite, whole } from '../util/number-schema.ts';
import { packedSeriesSchema, packSeries, unpackSeries } from './pack-series.ts';
import type { PackedTable } from './pack-series.ts';
import { isWeight, MAX_WEIGHT } from './quantize.ts';
import type { Tensor } from './safetensors.ts';

const SYMBOLS = 'experts.symbols';
const NEXT = 'experts.next';
const RANKS = 'experts.ranks';
const TIMES = 'experts.times';
const MIXER = 'experts.mixer';
/** Stands for the tables of rows in a small file. */
const PACKED = 'experts.packed';

/** Sources that a plan may have, and sources of one context. Plans have about 12. */
const MAX_SOURCES = 256;
/** Bytes that unpacked rows may take: 64 MB and 64 times the packed bytes. */
const rowRoom = (bytes: number): number => 64 * (2 ** 20 + bytes);

const shortList = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.maxLength(MAX_SOURCES, `more than ${MAX_SOURCES}`));

const back = whole(0, HISTORY);
const edges = v.pipe(
  v.array(finite),
  v.check((values) => values.every((value, i) => !i || value > values[i - 1]), 'not ascending'),
);

const source = v.variant('kind', [
  v.strictObject({ kind: v.literal('action'), back }),
  v.strictObject({ kind: v.literal('recency'), back: whole(0, HISTORY - 1) }),
  v.strictObject({
    kind: v.literal('duration'),
    back: whole(0, HISTORY - 1),
    edges,
  }),
  v.strictObject({ kind: v.literal('number'), field: count, by: v.optional(count), edges }),
  v.strictObject({
    kind: v.literal('place'),
    field: count,
    back: whole(0, 1),
    size: count,
  }),
]) satisfies v.GenericSchema<unknown, SymbolSource>;

/** An ExpertTable without its rows, which are tensors. */
export const expertsSchema = v.pipe(
  v.strictObject({
    plan: v.strictObject({
      sources: shortList(source),
      contexts: shortList(shortList(count)),
      ranked: v.optional(count),
    }),
    sessions: v.array(v.strictObject({ session: v.string(), steps: count })),
    // How the rows are packed, in a small file.
    packed: v.optional(packedSeriesSchema),
  }),
  v.check(
    ({ plan }) => plan.contexts.flat().every((index) => index < plan.sources.length),
    'a context reads a source that does not exist',
  ),
  v.check(
    ({ plan }) => (plan.ranked ?? 0) <= plan.contexts.length,
    'more contexts count ranks than there are',
  ),
);

/** The rows of a table, with one byte for each symbol where that is enough. */
export function packExperts({ plan, symbols, next, ranks, times, mixer }: ExpertTable): Tensor[] {
  const narrow = (values: Uint16Array): Uint8Array | Uint16Array =>
    values.every((value) => value < 256) ? Uint8Array.from(values) : values;
  return [
    { name: SYMBOLS, shape: [next.length, plan.sources.length], data: narrow(symbols) },
    { name: NEXT, shape: [next.length], data: narrow(next) },
    ...(plan.ranked ? [{ name: RANKS, shape: [ranks.length], data: narrow(ranks) }] : []),
    { name: TIMES, shape: [times.length], data: times },
    { name: MIXER, shape: [mixer.length], data: mixer },
  ];
}

/** The metadata of a packed table, and its rows in as few bits as `packSeries` finds. */
export interface SmallExperts {
  readonly packed: PackedTable['order'];
  readonly tensors: readonly Tensor[];
}

/** `packExperts` in a fraction of the bytes, without loss. */
export function packExpertsSmall({
  plan,
  symbols,
  next,
  ranks,
  times,
  mixer,
}: ExpertTable): SmallExperts {
  const width = plan.sources.length;
  const columns = plan.sources.map((_, column) =>
    Uint16Array.from(next, (_next, row) => symbols[row * width + column]),
  );
  const { order, bytes } = packSeries([
    ...columns,
    next,
    Uint16Array.from(times),
    ...(plan.ranked ? [ranks] : []),
  ]);
  return {
    packed: order,
    tensors: [
      { name: PACKED, shape: [bytes.length], data: bytes },
      { name: MIXER, shape: [mixer.length], data: mixer },
    ],
  };
}

type Rows = Pick<ExpertTable, 'symbols' | 'next' | 'ranks' | 'times'>;

/** The rows as they are in the file; their sizes and symbols are not checked. */
function readRows(
  tensors: readonly Tensor[],
  { plan, sessions, packed }: v.InferOutput<typeof expertsSchema>,
  wrong: (what: string) => never,
): Rows {
  const find = (name: string) => tensors.find((tensor) => tensor.name === name)?.data;
  const read = (name: string): Uint16Array => {
    const data = find(name);
    if (data instanceof Uint8Array || data instanceof Uint16Array) return Uint16Array.from(data);
    return wrong(`"${name}" is missing or of another type`);
  };
  if (!packed) {
    const times = find(TIMES);
    if (!(times instanceof Uint8Array)) return wrong(`"${TIMES}" is missing or of another type`);
    const ranks = plan.ranked ? read(RANKS) : new Uint16Array(0);
    return { symbols: read(SYMBOLS), next: read(NEXT), ranks, times };
  }
  const bytes = find(PACKED);
  if (!(bytes instanceof Uint8Array)) return wrong(`"${PACKED}" is missing or of another type`);
  const width = plan.sources.length;
  const rows = sessions.reduce((sum, { steps }) => sum + steps, 0);
  const all = width + (plan.ranked ? 3 : 2);
  if (rows * all * 4 > rowRoom(bytes.length)) wrong(`"${PACKED}" is too small for ${rows} steps`);
  const series = unpackSeries({ order: packed, bytes }, { series: all, rows }, wrong);
  const symbols = new Uint16Array(rows * width);
  for (let column = 0; column < width; column++)
    series[column].forEach((symbol, row) => (symbols[row * width + column] = symbol));
  if (series[width + 1].some((bin) => bin > 255)) wrong(`"${PACKED}" has bins that do not exist`);
  return {
    symbols,
    next: series[width],
    ranks: series[width + 2] ?? new Uint16Array(0),
    times: Uint8Array.from(series[width + 1]),
  };
}

export interface UnpackOptions {
  /** Number of actions, and of observation fields, of the spec. */
  readonly actions: number;
  readonly fields: number;
  /** K of the network's shape; must be that of the plan. */
  readonly experts: number;
  /** Number of edges of the bins of time. */
  readonly timeEdges: number;
}

/** The inverse of `packExperts` and `packExpertsSmall`. Calls `wrong` for tensors that they cannot have made. */
export function unpackExperts(
  tensors: readonly Tensor[],
  facts: v.InferOutput<typeof expertsSchema>,
  { actions, fields, experts, timeEdges }: UnpackOptions,
  wrong: (what: string) => never,
): ExpertTable {
  const { plan, sessions } = facts;
  const { symbols, next, ranks, times } = readRows(tensors, facts, wrong);
  const steps = sessions.reduce((sum, session) => sum + session.steps, 0);
  if (expertCount(plan) !== experts)
    wrong(`it has ${expertCount(plan)} experts and weights for ${experts}`);
  const isOutside = (field: number | undefined): boolean => field !== undefined && field >= fields;
  if (
    plan.sources.some((one) => 'field' in one && isOutside(one.field)) ||
    plan.sources.some((one) => one.kind === 'number' && isOutside(one.by))
  )
    wrong('its experts read fields that are not in the spec');
  if (next.length !== steps || symbols.length !== steps * plan.sources.length)
    wrong(`"${SYMBOLS}" and "${NEXT}" do not fit its sessions of ${steps} steps`);
  if (!next.every((action) => action < actions))
    wrong(`"${NEXT}" has actions that are not in the spec`);
  if (!symbols.every((symbol) => symbol < 4096)) wrong(`"${SYMBOLS}" has impossible symbols`);
  if (ranks.length !== (plan.ranked ? steps : 0) || !ranks.every((rank) => rank < actions))
    wrong(`"${RANKS}" is of another size or has ranks that do not exist`);
  if (times.length !== steps) wrong(`"${TIMES}" is of another size`);
  if (!times.every((bin) => bin <= timeEdges)) wrong(`"${TIMES}" has bins that do not exist`);
  const mixer = tensors.find(({ name }) => name === MIXER)?.data;
  if (!(mixer instanceof Float32Array) || !isMixerSize(mixer.length, experts))
    return wrong(`"${MIXER}" is missing or of another size`);
  if (!mixer.every(isWeight))
    wrong(`"${MIXER}" has values that are not finite or above ${MAX_WEIGHT}`);
  return { plan, sessions, symbols, next, ranks, times, mixer };
}
