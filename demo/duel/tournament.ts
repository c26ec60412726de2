import { FairDifficulty } from '../../src/core.ts';
import { wholeNumber } from '../common/whole-number.ts';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { STYLES } from './rules/styles/index.ts';
import type { Interval } from '../common/interval.ts';
import { playSessionPairs } from './tournament/play-session-pairs.ts';
import { playTournament } from './tournament/tournament.ts';

const HELP = `Plays the duel's NPC with and without predictions against scripted players, without a browser.

  npm run --silent tournament -- [--rounds 200] [--seed 1] [--style name] [--fair] [--model file] [--processes n] [--json]

The NPC starts each session of 10 rounds with the pretrained model, which learns on. None of the players was
used in pretraining. The results do not depend on the number of processes. With --fair its difficulty follows
the player, from the default strength at the beginning of each session.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      style: { type: 'string', multiple: true },
      fair: { type: 'boolean', default: false },
      model: { type: 'string', default: 'assets/checkpoints/duelist.safetensors' },
      processes: { type: 'string', default: String(availableParallelism()) },
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
  const rounds = wholeNumber('rounds', values.rounds);
  const processes = wholeNumber('processes', values.processes);

  let played = 0;
  const report = await playTournament({
    rounds,
    seed: wholeNumber('seed', values.seed),
    fair: values.fair,
    styles: STYLES.filter(({ name }) => names.includes(name)),
    play: (tasks) =>
      playSessionPairs(tasks, {
        file: values.model,
        processes,
        onPair: ({ style }) =>
          process.stderr.isTTY &&
          process.stderr.write(
            `\r\x1b[K${++played} of ${tasks.length} pairs of sessions: ${style}`,
          ),
      }),
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (values.json) return console.log(JSON.stringify(report));
  const percent = (share: number): string => `${(share * 100).toFixed(1)}`.padStart(6);
  const range = ({ low, high }: Interval): string => `(${percent(low)} to ${percent(high)})`;
  console.log(
    'share of rounds won, % (95 %)   with                    without             difference in points' +
      (values.fair ? '   rounds 1-3  after  settings after a session' : ''),
  );
  for (const row of report.rows)
    console.log(
      row.style.padEnd(20),
      percent(row.winWith),
      range(row.intervalWith),
      percent(row.winWithout),
      range(row.intervalWithout),
      percent(row.difference),
      range(row),
      row.strength === null
        ? ''
        : `${percent(row.winFirst)}  ${row.winLater === null ? '     -' : percent(row.winLater)}  ${settingsAt(row.strength)}`,
    );
}

/** What a fair difficulty of that strength is. */
function settingsAt(strength: number): string {
  const { trust, delayMs, error } = new FairDifficulty({ start: strength });
  const delay = (delayMs[0] + delayMs[1]) / 2;
  return `trust ${trust.toFixed(2)}, delay ${delay.toFixed(0)} ms, errors ${(error * 100).toFixed(0)} %`;
}

main().catch((error: unknown) => {
  console.error(`tournament: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
