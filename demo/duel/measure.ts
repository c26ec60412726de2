import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../../src/core.ts';
import { wholeNumber } from '../common/whole-number.ts';
import { measurePlayer, ROWS, WINDOW_ENDS } from './measure/measure-player.ts';
import type { PlayerResult } from './measure/measure-player.ts';
import { measuredPlayers } from './measure/measured-players.ts';
import { summarise } from './measure/summary.ts';

const HELP = `Measures how well the duel's model predicts players whom it has not met, without a browser.

  npm run --silent measure:duel -- [--players 20] [--seed 1] [--model file] [--json]

Scripted players, none of them used in pretraining, play 400 predicted actions each against the NPC, whose
model learns on. Every action is predicted before anything learns it. All rows predict the same actions.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      players: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string', default: 'assets/checkpoints/duelist.safetensors' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const checkpoint = await readCheckpoint(readFileSync(values.model), values.model);
  const count = wholeNumber('players', values.players);
  const seed = wholeNumber('seed', values.seed);
  const players: PlayerResult[] = [];
  for (const player of measuredPlayers(count, seed)) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${players.length + 1} of ${count}`);
    players.push(await measurePlayer(checkpoint, player));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const summary = summarise(players);
  if (values.json)
    return console.log(JSON.stringify({ seed, windowEnds: WINDOW_ENDS, ...summary, players }));
  const { rows, better, coreShare, learningMs } = summary;
  const windows = WINDOW_ENDS.map((end, i) => `${i ? WINDOW_ENDS[i - 1] + 1 : 1}-${end}`);
  const cells = (texts: readonly string[]): string => texts.map((t) => t.padStart(9)).join('');
  console.log('guessed right, % | nats'.padEnd(24), cells(windows), ' |', cells(windows));
  for (const row of ROWS) {
    const { top1, logLoss } = rows[row];
    const [right, nats] = [
      top1.map((share) => (100 * share).toFixed(1)),
      logLoss.map((loss) => loss.toFixed(3)),
    ];
    console.log(row.padEnd(24), cells(right), ' |', cells(nats));
  }
  console.log(
    `Actions ${windows[windows.length - 1]}: learning on has a lower log-loss than`,
    Object.entries(better)
      .map(([row, n]) => `${row} for ${n}`)
      .join(', '),
    `of ${count} players.`,
  );
  console.log(
    `Learning takes ${learningMs.toFixed(2)} ms an action: ${(100 * coreShare).toFixed(2)} % of a core at 2 actions a second.`,
  );
}

main().catch((error: unknown) => {
  console.error(`measure: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
