import { EXPERT_KINDS } from '../experts/expert-kinds.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { contextName, expertCount } from '../experts/symbol-source.ts';
import { precisionOf } from '../model/checkpoint-file.ts';
import type { Checkpoint, CheckpointMetrics } from '../model/checkpoint.ts';
import { networkGraph } from '../network/graph.ts';
import type { Precision } from '../model/quantize.ts';
import { readSafetensors } from '../model/safetensors.ts';
import { ENGLISH } from '../predict/explanation-words.ts';
import type { CharacterSpec, ObservationField } from '../record/spec.ts';
import { specHash } from '../record/spec.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { looksLikeModel, readBytes, readCsvSpec, readModel, readRecordings } from './files.ts';
import type { Recordings } from './files.ts';
import { headsText, networkText } from './network-text.ts';
import { alignTable, byteSize, countOf, duration, percent } from './table.ts';

/** `foresight inspect`. */
export const inspectCommand = command({
  name: 'inspect',
  summary: 'show what a file holds',
  about: `
Shows a model's spec, network, metrics and what it was trained on; or the spec, counts and durations
of recorded episodes (several files are merged).`,
  example: 'foresight inspect model.safetensors',
  positionals: { files: { about: 'a model or files of episodes', many: true } },
  options: { spec: COMMON_OPTIONS.spec, json: COMMON_OPTIONS.json },

  async run({ files, options }): Promise<ModelFile | EpisodeFiles> {
    const all = files.map(readBytes);
    const bytes = all.reduce((sum, { length }) => sum + length, 0);
    const isModel = looksLikeModel(all[0]) || files[0].endsWith('.safetensors');
    if (files.length > 1 || !isModel)
      return { bytes, recordings: await readRecordings(files, readCsvSpec(options.spec)) };
    const checkpoint = readModel(files[0]);
    const precision = precisionOf(readSafetensors(all[0], files[0])) ?? 'float32';
    return { file: files[0], bytes, precision, checkpoint };
  },
  json: (about) => ('file' in about ? modelJson(about) : episodesJson(about)),
  text: (about) => ('file' in about ? modelText(about) : episodesText(about)),
});

interface ModelFile {
  readonly file: string;
  readonly bytes: number;
  readonly precision: Precision;
  readonly checkpoint: Checkpoint;
}

function modelJson({ file, bytes, precision, checkpoint }: ModelFile): object {
  const { spec, model, training, shape, metrics, trainedOn } = checkpoint;
  return {
    kind: 'model',
    file,
    bytes,
    precision,
    spec,
    specHash: specHash(spec),
    model,
    training,
    shape,
    parameters: networkGraph(shape).length,
    metrics,
    trainedOn: {
      sessions: trainedOn.sessions,
      episodes: trainedOn.episodes,
      steps: trainedOn.steps,
      files: trainedOn.files,
      carriesActions: trainedOn.actions.length > 0,
    },
  };
}

function modelText({ file, bytes, precision, checkpoint }: ModelFile): string {
  const { spec, shape, metrics, experts, trainedOn } = checkpoint;
  const graph = networkGraph(shape);
  const { parameters, length } = graph;
  const figure = (name: string, value: string | undefined): string[][] =>
    value === undefined ? [] : [[name, value]];
  const facts = [
    ['network', `${networkText(graph)}, ${shape.features} features`],
    ['predicts', headsText(graph)],
    ['weights', `${length.toLocaleString('en')} in ${parameters.length} matrices`],
    ['file', `${byteSize(bytes)}${precision === 'float32' ? '' : `, weights in ${precision}`}`],
    [
      'learned from',
      `${countOf(trainedOn.steps, 'step')}, ${countOf(trainedOn.episodes, 'episode')}, ${countOf(trainedOn.sessions.length, 'session')}`,
    ],
    ...figure('from files', trainedOn.files.join(', ') || undefined),
    ['epochs', String(metrics.epochs)],
    ['training loss', metrics.loss.toFixed(3)],
    ...figure('held-out loss', metrics.heldOutLoss?.toFixed(3)),
    ...figure('held-out log-loss', metrics.heldOutLogLoss?.toFixed(3)),
    ...figure(
      'held-out top-1',
      metrics.heldOutTop1 === undefined ? undefined : percent(metrics.heldOutTop1),
    ),
    ...figure('values are off by', deviationsText(metrics)),
  ];
  return [
    `${file}: a model of "${spec.name}"`,
    '',
    indent(facts),
    ...(experts ? ['', ...expertLines(experts, spec)] : []),
    '',
    specText(spec, trainedOn),
  ].join('\n');
}

/** Deviations of the continuous targets, the first few of them. */
function deviationsText({ values }: CheckpointMetrics): string | undefined {
  if (!values) return undefined;
  const all = Object.entries(values.deviations);
  const shown = all.slice(0, 6).map(([name, off]) => `${name} ${off.toPrecision(3)}`);
  const more = all.length > shown.length ? `, ${all.length - shown.length} more` : '';
  return `${shown.join(', ')}${more} (${values.from === 'held-out' ? 'on held-out sessions' : 'on training data'})`;
}

/** What the experts look at, one context a line. */
function expertLines({ plan, next }: ExpertTable, spec: CharacterSpec): string[] {
  const kinds = EXPERT_KINDS.map(({ name }) => ENGLISH.kinds[name]);
  return [
    `${expertCount(plan)} experts, ${kinds.length} for each context (${kinds.join(', ')}), from ${countOf(next.length, 'step')} of training. Contexts:`,
    ...plan.contexts.map((context) => `  ${contextName(context, plan, spec)}`),
  ];
}

interface EpisodeFiles {
  readonly bytes: number;
  readonly recordings: Recordings;
}

/** Ticks from the first step to the end. */
const ticksOf = ({ episodes }: Recordings): number =>
  episodes.reduce(
    (sum, { length, ticks, endTick }) => sum + (length ? Math.max(0, endTick - ticks[0]) : 0),
    0,
  );

function actionCounts({ spec, episodes }: Recordings): number[] {
  const counts = spec.action.actions.map(() => 0);
  for (const { actions, length } of episodes) for (let i = 0; i < length; i++) counts[actions[i]]++;
  return counts;
}

function summary(recordings: Recordings) {
  const { spec, episodes, files, doubled } = recordings;
  const ticks = ticksOf(recordings);
  return {
    files,
    episodes: episodes.length,
    doubledEpisodes: doubled,
    sessions: new Set(episodes.map(({ session }) => session)).size,
    characters: new Set(episodes.map(({ character }) => character)).size,
    steps: episodes.reduce((sum, { length }) => sum + length, 0),
    ticks,
    seconds: ticks / spec.tickRate,
    terminated: episodes.filter(({ end }) => end === 'terminated').length,
    truncated: episodes.filter(({ end }) => end === 'truncated').length,
    notLearned: episodes.filter(({ learn }) => !learn).length,
  };
}

function episodesJson({ bytes, recordings }: EpisodeFiles): object {
  const { spec } = recordings;
  const counts = actionCounts(recordings);
  return {
    kind: 'episodes',
    bytes,
    ...summary(recordings),
    spec,
    specHash: specHash(spec),
    actionCounts: Object.fromEntries(spec.action.actions.map((name, i) => [name, counts[i]])),
  };
}

function episodesText({ bytes, recordings }: EpisodeFiles): string {
  const { spec } = recordings;
  const about = summary(recordings);
  const counts = actionCounts(recordings);
  const facts = [
    [
      'episodes',
      `${about.episodes} (${about.terminated} terminated, ${about.truncated} truncated${about.notLearned ? `, ${about.notLearned} marked "do not learn"` : ''})`,
    ],
    ...(about.doubledEpisodes
      ? [['left out', `${countOf(about.doubledEpisodes, 'episode')} that an earlier file has too`]]
      : []),
    ['sessions', String(about.sessions)],
    ['characters', String(about.characters)],
    ['steps', about.steps.toLocaleString('en')],
    ['duration', duration(about.seconds)],
    ['size', byteSize(bytes)],
  ];
  const frequent = spec.action.actions
    .map((name, i) => ({ name, count: counts[i] }))
    .sort((a, b) => b.count - a.count);
  return [
    `${about.files.join(', ')}: recorded episodes of "${spec.name}"`,
    '',
    indent(facts),
    '',
    specText(spec, {
      actions: recordings.episodes.map(({ actions }) => actions),
      ticks: recordings.episodes.map(({ ticks }) => ticks),
    }),
    '',
    'steps by action:',
    alignTable(
      frequent.map(({ name, count }) => [
        `  ${name}`,
        count.toLocaleString('en'),
        percent(about.steps ? count / about.steps : NaN),
      ]),
    ),
  ].join('\n');
}

function specText(spec: CharacterSpec, steps: KnownSteps): string {
  const { tickRate, observation, action } = spec;
  return [
    `spec: ${countOf(tickRate, 'tick')} a second, a step ${samplingText(spec, steps)}`,
    `  ${action.actions.length} actions: ${action.actions.join(', ')}`,
    `  ${countOf(observation.fields.length, 'field')}: ${observation.fields.map(fieldText).join(', ')}`,
  ].join('\n');
}

/** Steps, one array for each episode, as far as they are known. */
interface KnownSteps {
  readonly actions: readonly ArrayLike<number>[];
  readonly ticks?: readonly ArrayLike<number>[];
}

/**
 * When there is a step. A spec without fixed ticks stands for changes of the action and for rounds, in which an
 * action may come again: the steps tell which.
 */
function samplingText({ sampling }: CharacterSpec, { actions, ticks = [] }: KnownSteps): string {
  const every = (count: number): string => (count === 1 ? 'every tick' : `every ${count} ticks`);
  if (sampling.kind === 'everyTicks') return every(sampling.ticks);
  const changes = differences(actions);
  const repeats = changes.filter((change) => change === 0).length;
  if (!repeats) return 'at each change of action';
  const times = new Set(differences(ticks));
  const [only] = times;
  const when = times.size === 1 ? every(only) : 'at each action';
  return `${when}; ${percent(repeats / changes.length)} repeat the action before`;
}

/** From each value to the next one in its array. */
const differences = (arrays: readonly ArrayLike<number>[]): number[] =>
  arrays.flatMap((values) =>
    Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => values[i + 1] - values[i]),
  );

function fieldText(field: ObservationField): string {
  switch (field.kind) {
    case 'number':
      return field.unit ? `${field.name} (${field.unit})` : field.name;
    case 'boolean':
      return `${field.name} (yes/no)`;
    case 'category':
      return `${field.name} (${field.categories.length} categories)`;
    case 'id':
      return `${field.name} (id)`;
    case 'vector':
      return `${field.name} (${countOf(field.length, 'number')}${field.unit ? `, ${field.unit}` : ''})`;
    default:
      return field satisfies never;
  }
}

/** Facts as indented, aligned lines with both columns to the left. */
function indent(facts: readonly (readonly string[])[]): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
