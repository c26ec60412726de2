import { parseCheckpoint, serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { isWeight, MAX_WEIGHT } from '../model/quantize.ts';
import { readSafetensors, writeSafetensors } from '../model/safetensors.ts';
import type { TensorFile } from '../model/safetensors.ts';
import { decodeEpisodes, encodeEpisodes } from '../record/binary-format.ts';
import type { Episode } from '../record/episode.ts';
import { LIMITS } from '../record/limits.ts';
import { specDifferences, specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { isGzip, unpackFile } from '../record/unpack-file.ts';
import { ForesightError } from '../util/error.ts';
import { packGzip } from '../util/pack-gzip.ts';
import { cleanName } from './player-profile.ts';
import type { PlayerProfile } from './player-profile.ts';
import { addDifference, baseHash, isOfBase, weightDifference } from './weight-difference.ts';

const FORMAT = 'phaser-foresight-profile';
/** Is raised when older readers would misunderstand the file. */
export const PROFILE_VERSION = 1;

const PLAY = 'play';
const CHECKPOINT = 'checkpoint';
/** Steps to either side of 0 in which a difference is stored, finest first: coarser ones pack smaller. */
const LEVELS = [127, 31, 7, 3] as const;

export interface WriteProfileOptions {
  /** The model that the player's was trained from; its weights are not in the file. The whole model is, without it. */
  readonly base?: Checkpoint | null;
}

export interface ReadProfileOptions {
  /** The spec that the game plays with. Any when absent. */
  readonly spec?: CharacterSpec;
  /** The model that profiles of this game were trained from. */
  readonly base?: Checkpoint | null;
  /** Name of the file, for errors. */
  readonly file?: string;
}

/**
 * A profile as one gzipped safetensors file of at most `LIMITS.profile` bytes: the rounds as a file of
 * `encodeEpisodes`, the model as one of `serializeCheckpoint` with weights in int8. What identifies the player is
 * left out, but for the name. When it is too large, the difference to the base is stored more coarsely, then
 * the oldest episodes are left out.
 *
 * Rejects with `bad-data` when its parts do not fit together, and `too-large` when the model alone is.
 */
export async function writeProfile(
  profile: PlayerProfile,
  { base = null }: WriteProfileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { checkpoint } = profile;
  let episodes = profile.episodes.filter(({ length }) => length > 0).map(withoutIdentity);
  const models = checkpoint
    ? (base ? LEVELS : [127]).map((levels) => () => packModel(checkpoint, base, levels))
    : [() => null];
  for (;;) {
    for (const model of models) {
      const file = await packGzip(pack(profile, { episodes, base, model: model() }));
      if (file.length <= LIMITS.profile) return file;
    }
    if (!episodes.length)
      throw new ForesightError(
        'too-large',
        `The player's model alone takes more than ${LIMITS.profile / 1000} kB. Train a smaller network, or save the profile without it.`,
      );
    episodes = episodes.slice(Math.ceil(episodes.length / 8));
  }
}

/**
 * Reads a file of `writeProfile`. Whatever the bytes, it either resolves or rejects with `corrupt-file`,
 * `too-large`, `wrong-version`, or `spec-mismatch` for a profile of another spec or another base.
 */
export async function readProfile(
  bytes: Uint8Array,
  { spec, base = null, file: name = 'The profile' }: ReadProfileOptions = {},
): Promise<PlayerProfile> {
  if (bytes.length > LIMITS.profile)
    throw new ForesightError(
      'too-large',
      `${name} has ${Math.ceil(bytes.length / 1000)} kB, and a profile has at most ${LIMITS.profile / 1000} kB. Choose a file that was saved as a profile.`,
    );
  if (!isGzip(bytes)) corrupt(name, 'it does not begin like one');
  const file = readSafetensors(await unpackFile(bytes, name), name);
  checkVersion(file, name);
  const part = (wanted: string): Uint8Array | null => {
    const data = file.tensors.find((tensor) => tensor.name === wanted)?.data ?? null;
    return data === null || data instanceof Uint8Array
      ? data
      : corrupt(name, `"${wanted}" is of another type`);
  };
  const play = decodeEpisodes(
    part(PLAY) ?? corrupt(name, 'it holds no rounds'),
    `"play" of ${name}`,
  );
  if (spec) requireSpec(spec, play.spec, name);
  const typed = file.metadata.get('name') ?? '';
  if (typed !== cleanName(typed))
    corrupt(name, 'its name is too long or has characters no one can see');
  const model = part(CHECKPOINT);
  return {
    name: typed,
    spec: play.spec,
    episodes: play.episodes,
    checkpoint: model && readModel(model, { file, name, spec: play.spec, base }),
  };
}

interface Parts {
  readonly episodes: readonly Episode[];
  readonly base: Checkpoint | null;
  readonly model: Uint8Array | null;
}

function pack({ name, spec, checkpoint }: PlayerProfile, { episodes, base, model }: Parts) {
  const bytes = (tensor: string, data: Uint8Array) => ({
    name: tensor,
    shape: [data.length],
    data,
  });
  return writeSafetensors({
    tensors: [
      bytes(PLAY, encodeEpisodes({ spec, episodes })),
      ...(model ? [bytes(CHECKPOINT, model)] : []),
    ],
    metadata: new Map([
      ['format', FORMAT],
      ['version', String(PROFILE_VERSION)],
      ['name', cleanName(name)],
      ['specHash', specHash(spec)],
      ...(checkpoint && base ? ([['base', baseHash(base)]] as const) : []),
    ]),
  });
}

function packModel(checkpoint: Checkpoint, base: Checkpoint | null, levels: number): Uint8Array {
  const weights = base ? weightDifference(checkpoint, base, levels) : checkpoint.weights;
  const { experts, values: _, ...own } = checkpoint;
  return serializeCheckpoint(
    {
      ...own,
      weights,
      // What all players did is in the base; what this one did is in the rounds.
      ...(experts && { experts: withoutRows(experts) }),
      ...(!base && checkpoint.values && { values: checkpoint.values }),
      trainedOn: { sessions: [], episodes: 0, steps: 0, files: [], actions: [] },
    },
    { precision: 'int8' },
  );
}

const withoutRows = (experts: NonNullable<Checkpoint['experts']>) => ({
  ...experts,
  sessions: [],
  symbols: new Uint16Array(0),
  next: new Uint16Array(0),
  ranks: new Uint16Array(0),
  times: new Uint8Array(0),
});

interface ReadModel {
  readonly file: TensorFile;
  readonly name: string;
  readonly spec: CharacterSpec;
  readonly base: Checkpoint | null;
}

function readModel(bytes: Uint8Array, { file, name, spec, base }: ReadModel): Checkpoint {
  const own = parseCheckpoint(bytes, `"checkpoint" of ${name}`);
  if (specHash(own.spec) !== specHash(spec))
    corrupt(name, 'its rounds and its model have two specs');
  const wanted = file.metadata.get('base');
  if (wanted === undefined) return own;
  if (!base || baseHash(base) !== wanted)
    throw new ForesightError(
      'spec-mismatch',
      `${name} adds to the base model ${wanted}, and this game has ${base ? baseHash(base) : 'none'}. Open it in the version of the game that it was saved in, or save it there again after an update.`,
    );
  if (!isOfBase(own, base)) corrupt(name, 'its model is not of the network of its base');
  const weights = addDifference(base, own.weights);
  if (!weights.every(isWeight)) corrupt(name, `its weights go beyond ${MAX_WEIGHT}`);
  return { ...base, weights };
}

function requireSpec(ours: CharacterSpec, theirs: CharacterSpec, name: string): void {
  if (specHash(ours) === specHash(theirs)) return;
  const [first, ...more] = specDifferences(ours, theirs);
  throw new ForesightError(
    'spec-mismatch',
    `${name} is of "${theirs.name}" (spec ${specHash(theirs)}), and this game plays "${ours.name}" (spec ${specHash(ours)}): ${first}${more.length ? `, and ${more.length} more` : ''}. Open it in the game that it was saved in.`,
  );
}

function checkVersion({ metadata }: TensorFile, name: string): void {
  if (metadata.get('format') !== FORMAT) corrupt(name, 'it holds tensors but no profile');
  const version = metadata.get('version');
  if (version !== String(PROFILE_VERSION))
    throw new ForesightError(
      'wrong-version',
      `${name} is a profile of version ${version}, and this is version ${PROFILE_VERSION}. Update the game, or save the profile again with this version.`,
    );
}

/** A round without what could identify the player. */
function withoutIdentity(
  { length, ticks, actions, columns, end, endTick }: Episode,
  i: number,
): Episode {
  const [first] = ticks;
  return {
    id: `${i}`,
    session: PLAY,
    character: 'player',
    end,
    endTick: endTick - first,
    learn: true,
    meta: {},
    length,
    ticks: ticks.map((tick) => tick - first),
    actions,
    columns,
  };
}

function corrupt(name: string, what: string): never {
  throw new ForesightError(
    'corrupt-file',
    `${name} is not a usable profile: ${what}. Download or save it again.`,
  );
}
