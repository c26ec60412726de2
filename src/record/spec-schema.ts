import * as v from 'valibot';
import { finite } from '../util/number-schema.ts';
import type { CharacterSpec, ObservationField } from './spec.ts';

const text = v.string();

const field = v.variant('kind', [
  v.strictObject({
    kind: v.literal('number'),
    name: text,
    min: v.optional(finite),
    max: v.optional(finite),
    unit: v.optional(text),
  }),
  v.strictObject({ kind: v.literal('boolean'), name: text }),
  v.strictObject({ kind: v.literal('category'), name: text, categories: v.array(text) }),
  v.strictObject({ kind: v.literal('id'), name: text }),
  v.strictObject({
    kind: v.literal('vector'),
    name: text,
    length: finite,
    min: v.optional(finite),
    max: v.optional(finite),
    unit: v.optional(text),
  }),
]) satisfies v.GenericSchema<unknown, ObservationField>;

/** The schema of a spec; `checkSpec` checks its meaning. */
export const specSchema = v.strictObject({
  name: text,
  tickRate: finite,
  sampling: v.variant('kind', [
    v.strictObject({ kind: v.literal('onChange') }),
    v.strictObject({ kind: v.literal('everyTicks'), ticks: finite }),
  ]),
  observation: v.strictObject({ fields: v.array(field) }),
  action: v.strictObject({ actions: v.array(text), choices: v.optional(v.array(text)) }),
}) satisfies v.GenericSchema<unknown, CharacterSpec>;
