import { mkdirSync, writeFileSync } from 'node:fs';
import { readProfile, writeProfile } from '../../../src/core.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { GALLERY } from '../npc/gallery.ts';
import { STYLES } from '../rules/styles/index.ts';
import { playSession } from '../tournament/session.ts';
import { learnShadow, readShadowBase } from './learn-shadow.ts';

/** Makes assets/ghosts: shadows of scripted players, each from so many rounds against an NPC that does not read. */
const ROUNDS = 24;
const SEED = 9_100_000;

const base = await readShadowBase();
mkdirSync('assets/ghosts', { recursive: true });
for (const [i, { name, style, file }] of GALLERY.entries()) {
  const entry = STYLES.find((one) => one.name === style)!;
  const seed = SEED + i;
  const { episodes } = await playSession({
    session: name,
    seed,
    style: entry.create(seed),
    rounds: ROUNDS,
    checkpoint: null,
  });
  const checkpoint = await learnShadow(base, episodes);
  const bytes = await writeProfile({ name, spec: DUEL_SPEC, episodes, checkpoint }, { base });
  writeFileSync(`assets/${file}`, bytes);
  const read = await readProfile(bytes, { spec: DUEL_SPEC, base, file });
  console.log(`assets/${file}: ${bytes.length} bytes, ${read.episodes.length} rounds`);
}
