import { readFileSync } from 'node:fs';
import { readCheckpoint } from '../../../src/core.ts';
import { playSessionPair } from './session-pair.ts';
import type { SessionPairTask } from './session-pair.ts';

/** A process that plays the pairs of sessions it receives, with the model of its argument. */
const [file] = process.argv.slice(2);
const checkpoint = await readCheckpoint(readFileSync(file), file);

process.on('message', async (task: SessionPairTask) =>
  process.send?.(await playSessionPair(checkpoint, task)),
);
