import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluateCheckpoint, populationTraining } from '../../../src/lab.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import type { RunOptions } from '../../../src/train/prepare.ts';
import { train } from '../../../src/train/trainer.ts';
import { wholeNumber } from '../../common/whole-number.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { PRETRAINING_SEEDS, recordInvented } from './invented-players.ts';

/**
 * Makes assets/checkpoints/duelist.safetensors. The NPC plays many invented players, each with their own habits,
 * so that the network learns to adapt to them. Against a few of them it has no predictions, against all others
 * those of a model trained on these few: players do other things when they are read, and a model that has seen
 * it is better by 0.03 to 0.06 nats. The scripted styles of the tournament are not among the players.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'assets/checkpoints/duelist.safetensors' },
      players: { type: 'string', default: '3600' },
      epochs: { type: 'string', default: '6' },
      units: { type: 'string', default: '48' },
      pieces: { type: 'string', default: '8' },
      'feed-forward': { type: 'string', default: '96' },
      contexts: { type: 'string', default: '6' },
      // Steps that the experts count: half of the file.
      experts: { type: 'string', default: '20000' },
    },
  });
  const number = (name: Exclude<keyof typeof values, 'out'>): number =>
    wholeNumber(name, values[name]);
  const model: RunOptions['model'] = {
    units: number('units'),
    layers: 1,
    timeBins: 12,
    contexts: number('contexts'),
    pieces: number('pieces'),
    unaided: true,
    feedForward: number('feed-forward'),
  };
  const learn = (
    episodes: readonly Episode[],
    epochs: number,
    teacher?: RunOptions['teacher'],
  ): Promise<Checkpoint> => {
    const training = populationTraining({ epochs, seed: 1 });
    return trained({ spec: DUEL_SPEC, episodes, model, training, teacher });
  };

  const { from } = PRETRAINING_SEEDS;
  const few = await recordInvented({ from, count: 60, rounds: 6, checkpoint: null });
  const read = { rounds: 8, checkpoint: await learn(few, 6) };
  const count = number('players');
  const many = await recordInvented({ from: from + 60, count, ...read });
  const episodes = [...few, ...many];
  console.log(`${episodes.length} rounds, ${stepsOf(episodes)} steps to learn from`);
  // The experts of the file count the newest steps alone. The network learns with these experts.
  const counted = await learn(newest(many, number('experts')), 1);
  const checkpoint = await learn(episodes, number('epochs'), { checkpoint: counted });
  // A few of the invented players' rounds are enough for the simple models.
  const actions = counted.trainedOn.actions.slice(0, 60);
  const trainedOn = { ...checkpoint.trainedOn, sessions: [], actions };
  const bytes = await writeCheckpoint(
    { ...checkpoint, trainedOn },
    { precision: 'int8', packed: true },
  );
  writeFileSync(values.out, bytes);
  console.log(`${values.out}: ${bytes.length} bytes`);
  // Evaluates what the file contains, on further invented players.
  const others = await recordInvented({ from: from + 60 + count, count: 20, ...read });
  console.table(evaluateCheckpoint(await readCheckpoint(bytes, values.out), others).rows);
}

const stepsOf = (episodes: readonly Episode[]): number =>
  episodes.reduce((sum, { length }) => sum + length, 0);

/** The last episodes that together have about so many steps. */
function newest(episodes: readonly Episode[], steps: number): Episode[] {
  let from = episodes.length;
  for (let left = steps; from > 0 && left > 0;) left -= episodes[--from].length;
  return episodes.slice(from);
}

async function trained(options: RunOptions): Promise<Checkpoint> {
  const run = train({ ...options, createBackend: localBackends() });
  for (;;) {
    const progress = await run.next();
    if (progress.done) return progress.value.checkpoint;
    const { epochEnd, epoch, loss, secondsLeft } = progress.value;
    if (epochEnd) console.log(epoch, loss.toFixed(4), `${secondsLeft.toFixed(0)} s left`);
  }
}

await main();
