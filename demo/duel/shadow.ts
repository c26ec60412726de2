import { parseArgs } from 'node:util';
import { mean } from '../common/interval.ts';
import { wholeNumber } from '../common/whole-number.ts';
import { LIKENESS } from './shadow/likeness.ts';
import { readShadowBase } from './shadow/learn-shadow.ts';
import { measureShadow } from './shadow/measure-shadow.ts';
import type { Difference, ShadowResult } from './shadow/measure-shadow.ts';
import { shadowPlayers } from './shadow/shadow-players.ts';

const HELP = `Measures how well a player's shadow fights like the player, without a browser.

  npm run --silent shadow -- [--players 20] [--seed 1] [--rounds 30] [--json]

Shadows learn from 3, 10 and 30 rounds of each scripted player and fight 30 rounds (--rounds). A classifier is to
distinguish their play from the player's: 50 % = it cannot. The player's own other rounds are the control.`;

const SIZES = [3, 10, 30] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      players: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const count = wholeNumber('players', values.players);
  const seed = wholeNumber('seed', values.seed);
  const rounds = wholeNumber('rounds', values.rounds);
  const base = await readShadowBase();
  const players: ShadowResult[] = [];
  for (const player of shadowPlayers(count, seed)) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${players.length + 1} of ${count}`);
    players.push(await measureShadow(player, { base, sizes: SIZES, rounds }));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (values.json) return console.log(JSON.stringify({ seed, sizes: SIZES, rounds, players }));
  console.log(
    'distinguished, %'.padEnd(28),
    'all  early   late | wins',
    '| Jensen-Shannon:',
    LIKENESS.map((kind) => kind.padStart(9)).join(''),
  );
  const line = (title: string, all: readonly Difference[]): void => {
    const percent = (of: (one: Difference) => number): string =>
      (100 * mean(all.map(of))).toFixed(1).padStart(6);
    console.log(
      title.padEnd(24),
      percent(({ distinguished }) => distinguished.all),
      percent(({ distinguished }) => distinguished.early),
      percent(({ distinguished }) => distinguished.late),
      '|',
      percent(({ wins }) => Math.abs(wins)),
      '| '.padEnd(17),
      LIKENESS.map((kind) =>
        mean(all.map(({ divergence }) => divergence[kind]))
          .toFixed(3)
          .padStart(9),
      ).join(''),
    );
  };
  for (const { name, control, shadows } of players) {
    line(name, [control]);
    SIZES.forEach((size, i) => line(`  shadow of ${size} rounds`, [shadows[i]]));
  }
  line(
    'own other rounds',
    players.map(({ control }) => control),
  );
  SIZES.forEach((size, i) =>
    line(
      `shadow of ${size} rounds`,
      players.map(({ shadows }) => shadows[i]),
    ),
  );
}

main().catch((error: unknown) => {
  console.error(`shadow: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
