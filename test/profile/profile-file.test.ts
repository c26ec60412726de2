import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import type { Tensor } from '../../src/model/safetensors.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { readProfile, writeProfile } from '../../src/profile/profile-file.ts';
import type { PlayerProfile } from '../../src/profile/player-profile.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { stepAt } from '../../src/record/episode.ts';
import { LIMITS } from '../../src/record/limits.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode, numbersOnly, SPEC } from '../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../model/make-checkpoint.ts';
import { expectError } from '../record/fixtures.ts';

const BASE = makeCheckpoint();

/** A model that was trained from BASE. */
function trained(): Checkpoint {
  const rng = createRng(9);
  return { ...BASE, weights: BASE.weights.map((weight) => weight + 0.1 * rng.normal()) };
}

const profileOf = (more: Partial<PlayerProfile> = {}): PlayerProfile => ({
  name: 'Ann',
  spec: SPEC,
  episodes: [randomEpisode(40, 3), randomEpisode(30, 4)],
  checkpoint: trained(),
  ...more,
});

/** Probabilities of a model that recalls the episodes, at each step of another one. */
function predictions({ checkpoint, episodes }: PlayerProfile): number[] {
  const predictor = createPredictor(checkpoint!);
  predictor.recall('a', episodes);
  const other = randomEpisode(25, 7);
  return Array.from({ length: other.length }, (_, i) => [
    ...predictor.observe('a', stepAt(other, i)).probabilities,
  ]).flat();
}

interface Insides {
  tensors: Tensor[];
  metadata: Map<string, string>;
}

/** A file of other insides whose checksums are right. */
async function forge(change: (insides: Insides) => void, base: Checkpoint | null = BASE) {
  const bytes = await writeProfile(profileOf(), { base });
  const { tensors, metadata } = readSafetensors(gunzipSync(bytes));
  const insides = { tensors: [...tensors], metadata: new Map(metadata) };
  change(insides);
  return gzipSync(writeSafetensors(insides));
}

const bytesAs = (name: string, data: Uint8Array): Tensor => ({ name, shape: [data.length], data });

const replace = ({ tensors }: Insides, { name, data }: Tensor): void => {
  tensors[tensors.findIndex((tensor) => tensor.name === name)] = bytesAs(name, data as Uint8Array);
};

/** The checkpoint inside, changed before it is packed again. */
const forgeModel = (change: (checkpoint: Checkpoint) => Checkpoint) =>
  forge((insides) => {
    const bytes = serializeCheckpoint(change(trained()), { precision: 'int8' });
    replace(insides, bytesAs('checkpoint', bytes));
  });

describe('a profile', () => {
  it('predicts the same wherever it is read, and is written again as the same file', async () => {
    const bytes = await writeProfile(profileOf(), { base: BASE });
    const [here, there] = await Promise.all(
      [1, 2].map(() => readProfile(bytes.slice(), { base: BASE })),
    );
    expect(predictions(here)).toEqual(predictions(there));
    expect(here.name).toBe('Ann');
    expect(here.episodes).toHaveLength(2);
    const again = await writeProfile(here, { base: BASE });
    expect((await readProfile(again, { base: BASE })).episodes).toEqual(here.episodes);
  });

  it('keeps the difference to the base to within a step of int8', async () => {
    const { checkpoint } = profileOf();
    const read = await readProfile(await writeProfile(profileOf(), { base: BASE }), { base: BASE });
    const off = read.checkpoint!.weights.map((weight, i) => weight - checkpoint!.weights[i]);
    const greatest = checkpoint!.weights.reduce(
      (most, weight, i) => Math.max(most, Math.abs(weight - BASE.weights[i])),
      0,
    );
    for (const one of off) expect(Math.abs(one)).toBeLessThanOrEqual(greatest / 127);
  });

  it('holds the whole model when it has no base, and rounds alone when it has no model', async () => {
    const whole = await readProfile(await writeProfile(profileOf()));
    expect(whole.checkpoint!.weights).toHaveLength(BASE.weights.length);
    const rounds = await readProfile(await writeProfile(profileOf({ checkpoint: null })));
    expect(rounds.checkpoint).toBeNull();
    expect(rounds.episodes[0].columns).toEqual(randomEpisode(40, 3).columns);
  });

  it('has nothing that names the player but what they typed', async () => {
    const secret = randomEpisode(20, 5);
    const episodes = [
      {
        ...secret,
        id: 'secret-a',
        session: 'secret-b',
        character: 'secret-c',
        meta: { who: 'secret-d' },
      },
    ];
    const text = gunzipSync(await writeProfile(profileOf({ name: '', episodes }))).toString(
      'latin1',
    );
    expect(text).not.toMatch(/secret|session 1|melee/);
    const read = await readProfile(await writeProfile(profileOf({ name: '', episodes })));
    expect(read.name).toBe('');
    expect(read.episodes[0].ticks[0]).toBe(0);
  });

  it('shortens a typed name and drops characters that no one can see', async () => {
    const name = `  A\u0000n\u202en ${'x'.repeat(80)}`;
    const read = await readProfile(await writeProfile(profileOf({ name })));
    expect(read.name).toBe(`A n n ${'x'.repeat(34)}`);
  });

  it('is never larger than its limit: it gives up precision, then the oldest rounds', async () => {
    const episodes = Array.from({ length: 60 }, (_, i) => randomEpisode(200, 100 + i));
    const bytes = await writeProfile(profileOf({ episodes }), { base: BASE });
    expect(bytes.length).toBeLessThanOrEqual(LIMITS.profile);
    const read = await readProfile(bytes, { base: BASE });
    expect(read.episodes.length).toBeLessThan(60);
    expect(read.episodes.at(-1)!.columns).toEqual(episodes.at(-1)!.columns);
  });

  it('is refused as too large when the model alone is', async () => {
    const checkpoint = makeCheckpoint({ units: 160 });
    await expectError(
      () => writeProfile(profileOf({ checkpoint })),
      'too-large',
      /smaller network/,
    );
  });

  it('needs a model that was trained from its base', async () => {
    const other = makeCheckpoint({ units: 7 });
    await expectError(
      () => writeProfile(profileOf({ checkpoint: other }), { base: BASE }),
      'bad-data',
      /start: base/,
    );
  });
});

describe('a damaged or foreign file', () => {
  it('is refused at every length and with every byte changed', async () => {
    const bytes = await writeProfile(profileOf(), { base: BASE });
    for (let at = 0; at < bytes.length; at += 97) {
      const options = { base: BASE, file: 'My.ghost' };
      await expectError(
        () => readProfile(bytes.subarray(0, at), options),
        'corrupt-file',
        /My\.ghost .*again/,
      );
      const changed = bytes.slice();
      // The bytes of gzip's header and its time are of no meaning.
      if (at < 10) continue;
      changed[at] ^= 0x55;
      await expectError(() => readProfile(changed, options), 'corrupt-file', /My\.ghost/);
    }
  });

  it('is refused before it is unpacked when it is too large, also when it would unpack to much', async () => {
    await expectError(() => readProfile(new Uint8Array(60_001)), 'too-large', /at most 60 kB/);
    const bomb = gzipSync(new Uint8Array(40 * 2 ** 20));
    expect(bomb.length).toBeLessThan(LIMITS.profile);
    await expectError(() => readProfile(bomb), 'too-large', /unpacks to more/);
  });

  it('is refused for lengths that it does not hold', async () => {
    const header = new Uint8Array(16);
    new DataView(header.buffer).setBigUint64(0, 2n ** 60n, true);
    await expectError(() => readProfile(gzipSync(header)), 'corrupt-file', /header should have/);
    const file = await forge((insides) => {
      const play = encodeEpisodes({ spec: SPEC, episodes: [randomEpisode(3, 1)] });
      new DataView(play.buffer).setFloat64(16, 1e15, true);
      replace(insides, bytesAs('play', play));
    });
    await expectError(() => readProfile(file, { base: BASE }), 'corrupt-file', /"play"/);
  });

  it('is refused when it is another kind of file', async () => {
    const model = gzipSync(serializeCheckpoint(BASE));
    await expectError(() => readProfile(model), 'corrupt-file', /holds tensors but no profile/);
    await expectError(
      () => readProfile(new TextEncoder().encode('{"a":1}')),
      'corrupt-file',
      /does not begin like one/,
    );
    await expectError(
      () => readProfile(gzipSync('hello, hello, hello')),
      'corrupt-file',
      /not a whole safetensors file/,
    );
  });

  it('is refused without rounds, with a part of another type, and with a name of hidden characters', async () => {
    const none = await forge((insides) => void (insides.tensors = insides.tensors.slice(1)));
    await expectError(() => readProfile(none, { base: BASE }), 'corrupt-file', /no rounds/);
    const typed = await forge(({ tensors }) => {
      tensors[0] = { name: 'play', shape: [2], data: Float32Array.of(NaN, 1) };
    });
    await expectError(() => readProfile(typed, { base: BASE }), 'corrupt-file', /another type/);
    const named = await forge(({ metadata }) => metadata.set('name', 'A\u202eb'));
    await expectError(() => readProfile(named, { base: BASE }), 'corrupt-file', /its name/);
  });

  it('is refused for weights that are not finite, or only finite without the base', async () => {
    const nan = await forge((insides) => {
      const inner = readSafetensors(
        insides.tensors.find(({ name }) => name === 'checkpoint')!.data as Uint8Array,
      );
      const broken = inner.tensors.find(({ name }) => name.endsWith('.scale'))!;
      (broken.data as Float32Array)[0] = NaN;
      replace(insides, bytesAs('checkpoint', writeSafetensors(inner)));
    });
    await expectError(() => readProfile(nan, { base: BASE }), 'corrupt-file', /scales/);
    const huge = { ...BASE, weights: BASE.weights.map(() => 9e5) };
    const added = { ...BASE, weights: BASE.weights.map(() => 18e5) };
    const bytes = await writeProfile(profileOf({ checkpoint: added }), { base: huge });
    await expectError(() => readProfile(bytes, { base: huge }), 'corrupt-file', /go beyond/);
  });

  it('is refused for a value that a field cannot have', async () => {
    const { spec, episodes } = numbersOnly([1, 2, 3], { min: 0, max: 5 });
    const play = encodeEpisodes({ spec, episodes });
    const at = play.length - 4 - 12;
    new DataView(play.buffer).setFloat32(at, 1e9, true);
    const file = await forge((insides) => replace(insides, bytesAs('play', play)));
    await expectError(() => readProfile(file), 'corrupt-file', /checksum/);
  });

  it('is refused with the cure when it is of another spec', async () => {
    const { spec, episodes } = numbersOnly([1, 2, 3]);
    const bytes = await writeProfile({ name: '', spec, episodes, checkpoint: null });
    await expectError(
      () => readProfile(bytes, { spec: SPEC, file: 'My.ghost' }),
      'spec-mismatch',
      /My\.ghost is of "one" \(spec .*\), and this game plays "duelist".*Open it in the game that it was saved in/,
    );
  });

  it('is refused when its rounds and its model have two specs', async () => {
    const file = await forge((insides) =>
      replace(insides, bytesAs('play', encodeEpisodes(numbersOnly([1, 2, 3])))),
    );
    await expectError(() => readProfile(file, { base: BASE }), 'corrupt-file', /two specs/);
  });

  it('is refused with the cure when it was trained from another base, or the game has none', async () => {
    const bytes = await writeProfile(profileOf(), { base: BASE });
    const base = makeCheckpoint({}, 2);
    for (const options of [{ base }, {}])
      await expectError(
        () => readProfile(bytes, options),
        'spec-mismatch',
        /adds to the base model .*version of the game that it was saved in/,
      );
  });

  it('is refused when its network is not that of its base', async () => {
    const file = await forgeModel(() => makeCheckpoint({ units: 5 }));
    await expectError(
      () => readProfile(file, { base: BASE }),
      'corrupt-file',
      /network of its base/,
    );
  });

  it('is refused when it has another version', async () => {
    const file = await forge(({ metadata }) => metadata.set('version', '2'));
    await expectError(() => readProfile(file, { base: BASE }), 'wrong-version', /version 2/);
  });

  it('holds episodes without steps by leaving them out', async () => {
    const empty = makeEpisode([], {
      columns: SPEC.observation.fields.map(() => new Float32Array(0)),
    });
    const bytes = await writeProfile(profileOf({ episodes: [empty], checkpoint: null }));
    expect((await readProfile(bytes)).episodes).toEqual([]);
  });
});
