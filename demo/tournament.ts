import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseCheckpoint } from '../src/core.ts';
import { STYLES } from './rules/styles/index.ts';
import { playTournament } from './tournament/tournament.ts';

const HELP = `Plays the duel's NPC with and without predictions against scripted players, without a browser.

  npm run --silent tournament -- [--rounds 200] [--seed 1] [--style name] [--model file] [--json]

The NPC starts each sitting of 10 rounds with the pretrained model and learns from it after each round.`;

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} is "${text}". Give a whole number above 0.`);
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      style: { type: 'string', multiple: true },
      model: { type: 'string', default: 'assets/checkpoints/duelist.safetensors' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const names = values.style ?? STYLES.map(({ name }) => name);
  for (const name of names)
    if (!STYLES.some((style) => style.name === name))
      throw new Error(
        `There is no style "${name}". Choose among ${STYLES.map((s) => s.name).join(', ')}.`,
      );
  const report = await playTournament({
    rounds: whole('rounds', values.rounds),
    seed: whole('seed', values.seed),
    checkpoint: parseCheckpoint(readFileSync(values.model), values.model),
    styles: STYLES.filter(({ name }) => names.includes(name)),
    onSession: (style) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${style}`),
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (values.json) return console.log(JSON.stringify(report));
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(9);
  console.log('share of rounds the NPC wins      with   without   difference (95 %)');
  for (const { style, winWith, winWithout, low, high } of report.rows)
    console.log(
      `${style.padEnd(28)}${percent(winWith)} ${percent(winWithout)}   ${percent(low)} to ${percent(high)}`,
    );
}

main().catch((error: unknown) => {
  console.error(`tournament: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
