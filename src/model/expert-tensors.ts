import * as v from 'valibot';
import { mixerSize } from '../experts/expert-mixer.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { expertCount, HISTORY } from '../experts/symbol-source.ts';
import type { SymbolSource } from '../experts/symbol-source.ts';
import type { Tensor } from './safetensors.ts';

const SYMBOLS = 'experts.symbols';
const NEXT = 'experts.next';
const TIMES = 'experts.times';
const MIXER = 'experts.mixer';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const back = v.pipe(count, v.maxValue(HISTORY));
const edges = v.pipe(
  v.array(v.pipe(v.number(), v.finite())),
  v.check((values) => values.every((value, i) => !i || value > values[i - 1]), 'not ascending'),
);

const source = v.variant('kind', [
  v.strictObject({ kind: v.literal('action'), back }),
  v.strictObject({
    kind: v.literal('duration'),
    back: v.pipe(back, v.maxValue(HISTORY - 1)),
    edges,
  }),
  v.strictObject({ kind: v.literal('number'), field: count, edges }),
  v.strictObject({
    kind: v.literal('place'),
    field: count,
    back: v.pipe(count, v.maxValue(1)),
    size: count,
  }),
]) satisfies v.GenericSchema<unknown, SymbolSource>;

/** All of an ExpertTable but its rows, which are tensors. */
export const expertsSchema = v.pipe(
  v.strictObject({
    plan: v.strictObject({ sources: v.array(source), contexts: v.array(v.array(count)) }),
    sessions: v.array(v.strictObject({ session: v.string(), steps: count })),
  }),
  v.check(
    ({ plan }) => plan.contexts.flat().every((index) => index < plan.sources.length),
    'a context reads a source that is not there',
  ),
);

/** The rows of a table, in one byte a symbol where that is enough. */
export function packExperts({ plan, symbols, next, times, mixer }: ExpertTable): Tensor[] {
  const narrow = (values: Uint16Array): Uint8Array | Uint16Array =>
    values.every((value) => value < 256) ? Uint8Array.from(values) : values;
  return [
    { name: SYMBOLS, shape: [next.length, plan.sources.length], data: narrow(symbols) },
    { name: NEXT, shape: [next.length], data: narrow(next) },
    { name: TIMES, shape: [times.length], data: times },
    { name: MIXER, shape: [mixer.length], data: mixer },
  ];
}

export interface UnpackOptions {
  /** Number of actions, and of observation fields, of the spec. */
  readonly actions: number;
  readonly fields: number;
  /** 2 for each context of the plan. */
  readonly experts: number;
  /** Number of edges of the bins of time. */
  readonly timeEdges: number;
}

/** The inverse of `packExperts`. Calls `wrong` for tensors that it cannot have made. */
export function unpackExperts(
  tensors: readonly Tensor[],
  facts: v.InferOutput<typeof expertsSchema>,
  { actions, fields, experts, timeEdges }: UnpackOptions,
  wrong: (what: string) => never,
): ExpertTable {
  const { plan, sessions } = facts;
  const read = (name: string): Uint16Array => {
    const data = tensors.find((tensor) => tensor.name === name)?.data;
    if (data instanceof Uint8Array || data instanceof Uint16Array) return Uint16Array.from(data);
    return wrong(`"${name}" is missing or of another type`);
  };
  const [symbols, next] = [read(SYMBOLS), read(NEXT)];
  const steps = sessions.reduce((sum, session) => sum + session.steps, 0);
  if (expertCount(plan) !== experts)
    wrong(`it has ${expertCount(plan)} experts and weights for ${experts}`);
  if (plan.contexts.some(({ length }) => !length)) wrong('a context of its experts is empty');
  if (plan.sources.some((one) => 'field' in one && one.field >= fields))
    wrong('its experts look at fields that are not in the spec');
  if (next.length !== steps || symbols.length !== steps * plan.sources.length)
    wrong(`"${SYMBOLS}" and "${NEXT}" do not fit its sessions of ${steps} steps`);
  if (!next.every((action) => action < actions))
    wrong(`"${NEXT}" has actions that are not in the spec`);
  if (!symbols.every((symbol) => symbol < 4096)) wrong(`"${SYMBOLS}" has impossible symbols`);
  const times = tensors.find(({ name }) => name === TIMES)?.data;
  if (!(times instanceof Uint8Array) || times.length !== steps)
    return wrong(`"${TIMES}" is missing or of another size`);
  if (!times.every((bin) => bin <= timeEdges)) wrong(`"${TIMES}" has bins that there are not`);
  const mixer = tensors.find(({ name }) => name === MIXER)?.data;
  if (!(mixer instanceof Float32Array) || mixer.length !== mixerSize(experts))
    return wrong(`"${MIXER}" is missing or of another size`);
  if (!mixer.every(Number.isFinite)) wrong(`"${MIXER}" has values that are not finite`);
  return { plan, sessions, symbols, next, times, mixer };
}
