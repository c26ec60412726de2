import { existsSync, readdirSync } from 'node:fs';
import { version } from '../../package.json';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { diffOf, writeChanges } from './init/changes.ts';
import { planInit } from './init/plan.ts';
import { planStarter } from './init/starter.ts';

/** `foresight init`. Changes a project only after a yes. */
export const initCommand = command({
  name: 'init',
  summary: 'add the plugin to a Phaser project, or start one',
  about: `
Adds the plugin to an existing Phaser project: to its dependencies, to the config of its game, and with a
small example file to start from. Works with Vite, webpack, rollup, esbuild, Parcel, bun, import maps and
script tags, in JavaScript and TypeScript. Shows all changes first and writes them after a yes. An empty
folder gets a small game of its own.`,
  example: 'foresight init my-game',
  positionals: { folder: { about: 'the folder of a project', optional: true } },
  options: {
    yes: { kind: 'flag', help: 'write the changes without waiting for a yes' },
    starter: {
      kind: 'flag',
      help: 'copy a small game to start from (Vite, TypeScript, Phaser 4) into the folder, which is made if need be',
    },
    game: {
      kind: 'text',
      value: 'file',
      otherwise: 'the only file with new Phaser.Game(...)',
      help: 'the file that makes the game, below the folder',
    },
    json: COMMON_OPTIONS.json,
  },

  async run({ folder = '.', options }, { confirm, progress }) {
    const isEmpty = existsSync(folder) && !readdirSync(folder).some((name) => name !== '.git');
    const isNew = options.starter || isEmpty;
    const plan = isNew
      ? planStarter(folder, version)
      : planInit(folder, { game: options.game, version });
    const names = plan.changes.map(({ path }) => `new: ${path}`);
    const diff = isNew ? names.join('\n') : diffOf(plan.changes);
    const about = { ...plan, isNew, diff };
    if (!plan.changes.length) return { ...about, answer: 'nothing to do' as const };
    if (options.yes) {
      writeChanges(plan.folder, plan.changes);
      return { ...about, answer: 'yes' as const };
    }
    if (!confirm) return { ...about, answer: 'no one to answer' as const };
    progress.write(`${diff}\n\n`);
    if (!(await confirm(`Write these changes to ${plan.folder}?`)))
      return { ...about, diff: '', answer: 'no' as const };
    writeChanges(plan.folder, plan.changes);
    return { ...about, diff: '', answer: 'yes' as const };
  },
  json: ({ changes, answer, ...plan }) => ({
    ...plan,
    written: answer === 'yes',
    changes: changes.map(({ path, before }) => ({ path, isNew: before === null })),
  }),
  text({ isNew, game, bundler, changes, diff, steps, answer }) {
    const built = bundler === 'unknown' ? '' : ` (${bundler})`;
    const found = isNew ? 'A new game.' : `Found a game in ${game}${built}.`;
    const list = steps.map((step, i) => `${i + 1}. ${step}`);
    const next = list.length ? ['', 'What is left to do:', ...list] : [];
    const shown = diff ? [diff, ''] : [];
    switch (answer) {
      case 'nothing to do':
        return list.length
          ? [found, 'No file is left to change.', ...next].join('\n')
          : `${found}\nNothing is left to do: the plugin is there already.`;
      case 'no':
        return 'Nothing was written.';
      case 'no one to answer':
        return `${[...shown, found].join('\n')}\nNothing was written, because no one can answer here. Add --yes to write these changes.`;
      case 'yes': {
        const wrote = `Wrote ${changes.map(({ path }) => path).join(', ')}.`;
        return [...shown, found, wrote, ...next].join('\n');
      }
      default:
        return answer satisfies never;
    }
  },
  exitCode: ({ answer }) => (answer === 'no one to answer' ? 1 : 0),
});
