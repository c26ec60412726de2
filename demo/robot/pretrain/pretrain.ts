import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { encodeEpisodes, writeCheckpoint } from '../../../src/core.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import { recordRounds } from './learn.ts';

/**
 * Makes assets/recordings/robot.episodes.gz and assets/checkpoints/robot.safetensors: records the
 * teacher in the project's own simulator and trains the network on that recording. The same seed
 * gives the same files.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      recording: { type: 'string', default: 'assets/recordings/robot.episodes.gz' },
      out: { type: 'string', default: 'assets/checkpoints/robot.safetensors' },
      seed: { type: 'string', default: '1' },
      units: { type: 'string', default: '48' },
      epochs: { type: 'string', default: '60' },
    },
  });
  const { episodes, checkpoint } = await recordRounds({
    seed: Number(values.seed),
    units: Number(values.units),
    epochs: Number(values.epochs),
    log: (line) => console.log(line),
  });
  const write = (file: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    console.log(`${file}: ${bytes.length} bytes`);
  };
  write(values.recording, gzipSync(encodeEpisodes({ spec: ROBOT_SPEC, episodes }), { level: 9 }));
  write(values.out, await writeCheckpoint(checkpoint));
}

await main();
