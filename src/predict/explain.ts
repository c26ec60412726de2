import { contextPart } from '../experts/context-part.ts';
import type { ExpertFollower } from '../experts/expert-follower.ts';
import { expertKind } from '../experts/expert-kinds.ts';
import { spansOf } from '../record/columns.ts';
import type { FieldSpan } from '../record/columns.ts';
import type { ActionOf, CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { argmax } from '../util/math.ts';
import { nearestName } from '../util/nearest-name.ts';
import { EXPLAIN_DEFAULTS } from './explanation.ts';
import type {
  ExpertReason,
  ExplainOptions,
  Explanation,
  ObservationReason,
  StepReason,
} from './explanation.ts';
import type { LastOutput } from './last-output.ts';
import { occlude } from './occlusion.ts';
import type { Predictor } from './predictor.ts';
import type { StepRing } from './step-ring.ts';

/** An action and the one it is compared with, by index. */
interface Pair {
  readonly action: number;
  readonly against: number;
}

/**
 * Why a character's newest prediction gives an action its probability; null before the first step of an
 * episode. Changes nothing. Throws `unknown-action` for an action that the spec does not have, and
 * `bad-config` for a number of steps below 0.
 *
 * Takes about a hundred steps of the network, a millisecond or so for 32 units and 20 fields, and the
 * first time as many more as the predictor remembers: call it only when the explanation is shown. With
 * `{ steps: 0 }` the explanation has only the exact parts, and costs less than an `observe`.
 */
export function explain<S extends CharacterSpec>(
  predictor: Predictor<S>,
  character: string,
  options: ExplainOptions<ActionOf<S>> = {},
): Explanation<ActionOf<S>> | null {
  const followed = predictor.followed(character);
  if (!followed) return null;
  const { network, state, ring, output, prediction } = followed;
  const { spec } = predictor;
  const actions: readonly ActionOf<S>[] = spec.action.actions;
  const { steps, fields } = { ...EXPLAIN_DEFAULTS, ...options };
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new ForesightError(
      'bad-config',
      `explain got steps ${steps}. Give a whole number of at least 0.`,
    );
  const { probabilities } = prediction;
  const action =
    options.action === undefined ? prediction.actionIndex : indexOf(spec, options.action);
  const against = argmax(probabilities.map((p, a) => (a === action ? -1 : p)));
  const experts = state.experts
    ? expertReasons(spec, { experts: state.experts, output }, { action, against })
    : [];
  const logOdds = output.logits[action] - output.logits[against];
  const seen = steps
    ? occlude(network, { state, ring, steps: prediction.steps }, { action, steps, blocks: fields })
    : null;
  return {
    tick: prediction.tick,
    steps: prediction.steps,
    action: actions[action],
    actionIndex: action,
    probability: probabilities[action],
    against: actions[against],
    againstIndex: against,
    againstProbability: probabilities[against],
    logOdds,
    trust: network.trustIn(state),
    network: logOdds - experts.reduce((sum, { contribution }) => sum + contribution, 0),
    experts,
    pastSteps: seen ? stepReasons(actions, ring, seen.steps) : [],
    observations: seen ? observationReasons(spec, ring, seen.blocks) : [],
  };
}

function indexOf({ name, action }: CharacterSpec, wanted: string): number {
  const index = action.actions.indexOf(wanted);
  if (index >= 0) return index;
  throw new ForesightError(
    'unknown-action',
    `"${wanted}" is not an action of "${name}". Did you mean "${nearestName(wanted, action.actions)}"?`,
  );
}

function expertReasons(
  spec: CharacterSpec,
  { experts, output }: { readonly experts: ExpertFollower; readonly output: LastOutput },
  { action, against }: Pair,
): ExpertReason[] {
  const { sources, contexts } = experts.plan;
  const actions = spec.action.actions.length;
  const reasons = Array.from(output.gate, (weight, k): ExpertReason => {
    const found = experts.find(k, [action, against]);
    const log = experts.logs[k * actions + action];
    const otherLog = experts.logs[k * actions + against];
    return {
      knows: expertKind(k, contexts.length),
      context: found.sources.map((source, i) =>
        contextPart(sources[source], found.symbols[i], spec),
      ),
      complete: found.complete,
      ...(found.ranked && { byRecency: true as const }),
      count: found.counts[0],
      againstCount: found.counts[1],
      total: found.total,
      weight,
      probability: Math.exp(log),
      againstProbability: Math.exp(otherLog),
      contribution: weight * (log - otherLog),
    };
  });
  return reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

function stepReasons<A extends string>(
  actions: readonly A[],
  ring: StepRing,
  effects: readonly number[],
): StepReason<A>[] {
  const newest = [...ring.steps(effects.length)].reverse();
  return newest.map((step, back) => ({
    back,
    tick: step.tick,
    action: actions[step.action],
    effect: effects[back],
  }));
}

function observationReasons(
  spec: CharacterSpec,
  ring: StepRing,
  effects: readonly number[],
): ObservationReason[] {
  if (!effects.length) return [];
  const [newest] = ring.steps(1);
  const reasons: ObservationReason[] = [
    { kind: 'actions', field: '', value: null, effect: effects[0] },
    { kind: 'durations', field: '', value: null, effect: effects[1] },
    ...spansOf(spec).map((span, i): ObservationReason => {
      const { field } = span;
      const hasUnit = field.kind === 'number' || field.kind === 'vector';
      return {
        kind: 'field',
        field: field.name,
        value: observed(span, newest.values),
        ...(hasUnit && field.unit && { unit: field.unit }),
        effect: effects[i + 2],
      };
    }),
  ];
  return reasons.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

/** A field's value as the game passed it. */
function observed({ field, first }: FieldSpan, values: Float32Array): ObservationReason['value'] {
  if (field.kind === 'vector') {
    const numbers = Array.from(values.subarray(first, first + field.length), known);
    return numbers.some((one) => one !== null) ? numbers : null;
  }
  const value = known(values[first]);
  if (value === null || field.kind === 'number' || field.kind === 'id') return value;
  return field.kind === 'boolean' ? value !== 0 : (field.categories[value] ?? null);
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
