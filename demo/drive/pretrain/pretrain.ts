import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeCheckpoint } from '../../../src/core.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import { train } from '../../../src/train/trainer.ts';
import { DRIVE_LOSS_WEIGHTS, DRIVE_NETWORK, DRIVE_SPEC } from '../drive-spec.ts';
import { heldOutRows } from './held-out.ts';
import { recordSchool } from './school.ts';

/**
 * Makes assets/checkpoints/driver.safetensors: invented drivers, each with their own habits, drive on
 * generated tracks, and the network learns to adapt to them. The named drivers and the tracks that it
 * is measured with are not among them.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'assets/checkpoints/driver.safetensors' },
      drivers: { type: 'string', default: '240' },
      epochs: { type: 'string', default: '13' },
    },
  });
  const drivers = Array.from({ length: Number(values.drivers) }, (_, i) => i + 1);
  const episodes = await recordSchool({ drivers, stints: 4, seconds: 60 });
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  console.info(`${episodes.length} stints, ${steps} decisions to learn from`);
  const run = train({
    spec: DRIVE_SPEC,
    episodes,
    model: DRIVE_NETWORK,
    training: {
      epochs: Number(values.epochs),
      batchSize: 16,
      windowLength: 64,
      dropout: 0.05,
      fieldDropout: 0,
      lossWeights: DRIVE_LOSS_WEIGHTS,
      seed: 1,
    },
    createBackend: localBackends(),
  });
  for (;;) {
    const progress = await run.next();
    if (progress.done) {
      const { checkpoint } = progress.value;
      // The checkpoint needs no long list of the invented drivers' actions.
      const trainedOn = {
        ...checkpoint.trainedOn,
        sessions: [],
        actions: checkpoint.trainedOn.actions.slice(0, 20),
      };
      const small = { ...checkpoint, trainedOn };
      const bytes = await writeCheckpoint(small);
      writeFileSync(values.out, bytes);
      console.info(`${values.out}: ${bytes.length} bytes`, checkpoint.metrics);
      for (const { drivers: who, ratio, errors } of await heldOutRows({
        checkpoint: small,
        seconds: 60,
      }))
        console.info(who, ratio.toFixed(3), errors);
      return;
    }
    const { epochEnd, epoch, loss, heldOutLogLoss, heldOutTop1, secondsLeft } = progress.value;
    if (epochEnd)
      console.info(
        epoch,
        loss.toFixed(4),
        heldOutLogLoss?.toFixed(4),
        heldOutTop1?.toFixed(4),
        `${secondsLeft.toFixed(0)} s left`,
      );
  }
}

await main();
