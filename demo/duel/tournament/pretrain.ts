import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluateCheckpoint, newestRows, populationTraining } from '../../../src/lab.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../../src/core.ts';
import type { Episode } from '../../../src/core.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import { train } from '../../../src/train/trainer.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { personality } from '../rules/styles/personality.ts';
import { playSession } from './session.ts';

/**
 * Records rounds for assets/checkpoints/duelist.safetensors: the NPC, without predictions, plays many
 * invented players, each with their own habits, so that the network learns to adapt to them. The
 * scripted styles of the tournament are not among them.
 */
async function record(sessions: number, firstSeed: number, rounds: number): Promise<Episode[]> {
  const all: Episode[] = [];
  for (let i = 0; i < sessions; i++) {
    const seed = firstSeed + i;
    const session = `personality:${seed}`;
    const style = personality(seed);
    const { episodes } = await playSession({ session, seed, style, rounds, checkpoint: null });
    all.push(...episodes);
  }
  return all;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'assets/checkpoints/duelist.safetensors' },
      sessions: { type: 'string', default: '420' },
      // Longer sessions: more is known of a player after many rounds than after three.
      long: { type: 'string', default: '80' },
      epochs: { type: 'string', default: '14' },
      units: { type: 'string', default: '48' },
      contexts: { type: 'string', default: '6' },
      // Steps that the experts store: they are most of the file.
      experts: { type: 'string', default: '36000' },
    },
  });
  const [sessions, long] = [Number(values.sessions), Number(values.long)];
  const episodes = [...(await record(sessions, 1, 3)), ...(await record(long, sessions + 1, 8))];
  const heldOut = await record(40, 900_001, 3);
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  console.log(`${episodes.length} rounds, ${steps} steps to learn from`);
  const run = train({
    spec: DUEL_SPEC,
    episodes,
    model: {
      units: Number(values.units),
      layers: 1,
      timeBins: 12,
      contexts: Number(values.contexts),
    },
    training: populationTraining({ epochs: Number(values.epochs), seed: 1 }),
    createBackend: localBackends(),
  });
  for (;;) {
    const progress = await run.next();
    if (progress.done) {
      // The checkpoint needs no long list of the invented players' actions.
      const { checkpoint } = progress.value;
      const { experts } = checkpoint;
      const trainedOn = {
        ...checkpoint.trainedOn,
        sessions: [],
        actions: checkpoint.trainedOn.actions.slice(0, 60),
      };
      const bytes = serializeCheckpoint(
        {
          ...checkpoint,
          trainedOn,
          ...(experts && { experts: newestRows(experts, Number(values.experts)) }),
        },
        { precision: 'int8', packed: true },
      );
      // Evaluates what the file contains.
      console.table(evaluateCheckpoint(parseCheckpoint(bytes, values.out), heldOut).rows);
      writeFileSync(values.out, bytes);
      console.log(`${values.out}: ${bytes.length} bytes`);
      return;
    }
    const { epochEnd, epoch, loss, heldOutLogLoss, heldOutTop1, secondsLeft } = progress.value;
    if (epochEnd)
      console.log(
        epoch,
        loss.toFixed(4),
        heldOutLogLoss?.toFixed(4),
        heldOutTop1?.toFixed(4),
        `${secondsLeft.toFixed(0)} s left`,
      );
  }
}

await main();
