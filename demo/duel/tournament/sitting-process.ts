import { readFileSync } from 'node:fs';
import { parseCheckpoint } from '../../../src/core.ts';
import { playSitting } from './sitting.ts';
import type { SittingTask } from './sitting.ts';

/** A process that plays the sittings it is sent, one after the other, with the model file it is given. */
const [file] = process.argv.slice(2);
const checkpoint = parseCheckpoint(readFileSync(file), file);

process.on('message', async (task: SittingTask) =>
  process.send?.(await playSitting(checkpoint, task)),
);
