import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckpoint, readEpisodes } from '../../../src/core.ts';
import { wholeNumber } from '../../common/whole-number.ts';
import { baselineDrivers, modelDrivers, runTrials, teacherDriver, UNSEEN_SEED } from './trials.ts';

const HELP = `Drives the robot through rooms that were never trained in, without a browser.

  npm run --silent robot -- [--rooms 100] [--starts 2] [--seconds 60] [--seed ${UNSEEN_SEED}] [--model file] [--json]

Rooms of five kinds in turn; every driver has the same rooms, starts and noise. The model carries its
predicted controls out, or its most probable action; baselines know the recorded actions alone.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rooms: { type: 'string', default: '100' },
      starts: { type: 'string', default: '2' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(UNSEEN_SEED) },
      model: { type: 'string', default: 'assets/checkpoints/robot.safetensors' },
      recording: { type: 'string', default: 'assets/recordings/robot.episodes.gz' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(values.model)), values.model);
  const recording = await readEpisodes(
    new Uint8Array(readFileSync(values.recording)),
    values.recording,
  );
  const options = {
    rooms: wholeNumber('rooms', values.rooms),
    starts: wholeNumber('starts', values.starts),
    seconds: wholeNumber('seconds', values.seconds),
    seed: wholeNumber('seed', values.seed),
  };
  const drivers = [
    ...(await modelDrivers(checkpoint)),
    teacherDriver,
    ...baselineDrivers(recording.episodes.map(({ actions }) => actions)),
  ];
  const rows = runTrials(drivers, options);
  if (values.json) return console.log(JSON.stringify({ ...options, rows }));
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(10);
  const fixed = (value: number): string => value.toFixed(2).padStart(10);
  console.log(
    'driver'.padEnd(20),
    ...['no hit', 'completed', 'hits', 's to hit', 'metres', 'rounds', 'from wall', 'in band'].map(
      (name) => name.padStart(10),
    ),
  );
  for (const row of rows)
    console.log(
      row.driver.padEnd(20),
      percent(row.withoutHit),
      percent(row.completed),
      String(row.hits).padStart(10),
      fixed(row.secondsToHit),
      fixed(row.metres),
      fixed(row.laps),
      fixed(row.wallDistance),
      percent(row.inBand),
    );
}

main().catch((error: unknown) => {
  console.error(`robot: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
