import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCheckpoint } from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import type { RunOptions } from '../../../src/train/prepare.ts';
import { train } from '../../../src/train/trainer.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { SHADOW_FILE, shadowTraining } from '../npc/shadow-training.ts';

/** What every shadow begins with. */
export const readShadowBase = (): Promise<Checkpoint> =>
  readCheckpoint(
    readFileSync(fileURLToPath(new URL(`../../../assets/${SHADOW_FILE}`, import.meta.url))),
    SHADOW_FILE,
  );

/** Trains a shadow on rounds of its player, as the game does. */
export const learnShadow = (base: Checkpoint, episodes: readonly Episode[]): Promise<Checkpoint> =>
  trained({ episodes, start: base, training: shadowTraining(episodes) });

/** Trains a network of the duel to the end. */
export async function trained(options: Omit<RunOptions, 'spec'>): Promise<Checkpoint> {
  const run = train({ spec: DUEL_SPEC, ...options, createBackend: localBackends() });
  for (;;) {
    const progress = await run.next();
    if (progress.done) return progress.value.checkpoint;
  }
}
