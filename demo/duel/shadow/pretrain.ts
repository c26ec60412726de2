import { writeFileSync } from 'node:fs';
import { writeCheckpoint } from '../../../src/core.ts';
import { populationTraining } from '../../../src/lab.ts';
import { SHADOW_FILE, SHADOW_NETWORK } from '../npc/shadow-training.ts';
import { PRETRAINING_SEEDS, recordInvented } from '../tournament/invented-players.ts';
import { trained } from './learn-shadow.ts';

/**
 * Makes assets/checkpoints/shadow.safetensors, which every shadow begins with: a network that has learned from
 * invented players against an NPC that does not read. None of them measures a shadow.
 */
const PLAYERS = { from: PRETRAINING_SEEDS.from, count: 120, rounds: 6 } as const;

const episodes = await recordInvented({ ...PLAYERS, checkpoint: null });
const checkpoint = await trained({
  episodes,
  model: SHADOW_NETWORK,
  training: populationTraining({ epochs: 10, seed: 1 }),
});
const { steps } = checkpoint.trainedOn;
const bytes = await writeCheckpoint(
  // It needs no list of the invented players' actions.
  {
    ...checkpoint,
    trainedOn: { sessions: [], episodes: episodes.length, steps, files: [], actions: [] },
  },
  { precision: 'int8' },
);
const file = `assets/${SHADOW_FILE}`;
writeFileSync(file, bytes);
console.log(`${file}: ${bytes.length} bytes, from ${episodes.length} rounds of ${steps} steps`);
