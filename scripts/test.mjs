/**
 * `npm test`: types, lint and formatting at once, then the tests in Node, then browser and end-to-end tests at
 * once. A stage that fails does not stop the next one. The last line is the totals; skipped tests and the
 * slowest ones are listed above it.
 *
 * `--tier=slow` (`npm run test:slow`) runs the files named `*.slow.test.ts` and all browser tests of the
 * plugin on the oldest supported Phaser instead; `--tier=all` runs both tiers.
 *
 * Other arguments go to vitest: `npm test -- test/record`, `npm test -- --project unit`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { requireChromium } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CHECKS = ['check', 'lint', 'format:check'];
/**
 * Projects of vitest.config.ts. Each list of `browser` is a process of its own, and all of them run at once:
 * pages wait for workers and storage, which leaves time for the others.
 *
 * @typedef {'quick' | 'slow' | 'all'} Tier
 * @type {Readonly<Record<Exclude<Tier, 'all'>, { node: string[], browser: string[][] }>>}
 */
const STAGES = {
  quick: { node: ['unit', 'webgpu'], browser: [['browser'], ['e2e', 'browser-phaser3']] },
  slow: { node: ['slow'], browser: [['browser-phaser3-slow'], ['e2e-slow']] },
};
/** Tests listed at the end. */
const SLOWEST = 10;
/** A stage that takes longer hangs. */
const STAGE_MINUTES = 120;

const TIER = /^--tier=(quick|slow|all)$/;
const argv = process.argv.slice(2).filter((argument) => !TIER.test(argument));
const tier = /** @type {Tier} */ (
  process.argv.map((argument) => TIER.exec(argument)?.[1]).find(Boolean) ?? 'quick'
);
const tiers = tier === 'all' ? /** @type {const} */ (['quick', 'slow']) : [tier];
const scratch = mkdtempSync(join(tmpdir(), 'foresight-test-'));

/** @type {import('./totals-reporter.mjs').Totals} */
const totals = { passed: 0, failed: [], skipped: [], durations: [] };

/** @param {string} title */
const announce = (title) => console.log(`\n=== ${title} ===`);

/**
 * Runs a process to its end.
 *
 * @param {string} command
 * @param {object} options
 * @param {readonly string[]} [options.args]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.shell]
 * @param {boolean} [options.live] its output appears as it comes, and is not returned
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, output: string }>}
 */
function run(command, { args = [], env = process.env, shell = false, live = false }) {
  const output = live ? 'inherit' : 'pipe';
  const child = spawn(command, args, {
    cwd: ROOT,
    env,
    shell,
    stdio: ['ignore', output, output],
    timeout: STAGE_MINUTES * 60_000,
    killSignal: 'SIGKILL',
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output: text }));
  });
}

/** Runs all checks at once and prints the output of each. */
async function runChecks() {
  // In a shell: npm is a batch file on Windows.
  const runs = CHECKS.map((script) => run(`npm run --silent ${script}`, { shell: true }));
  for (const [i, { code, output }] of (await Promise.all(runs)).entries()) {
    announce(CHECKS[i]);
    process.stdout.write(output);
    if (code === 0) totals.passed += 1;
    else totals.failed.push(`npm run ${CHECKS[i]}`);
  }
}

/**
 * @param {readonly string[]} projects empty = those that the arguments choose
 * @param {{ live?: boolean }} [options] false: its output is printed when it has ended
 */
async function runTests(projects, { live = true } = {}) {
  const title = projects.join(' and ') || 'tests';
  if (live) announce(title);
  const file = join(scratch, `${projects.join('-') || 'chosen'}.json`);
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=./scripts/totals-reporter.mjs',
    // Left to itself vitest leaves a core idle, of two as well; browser tests take one file at a time anyway.
    `--maxWorkers=${availableParallelism()}`,
    // Processes that run at once would write the same file of durations.
    '--cache=false',
    ...projects.map((project) => `--project=${project}`),
    // A filter may leave a stage without tests; without a filter that is an error.
    ...(argv.length > 0 ? ['--passWithNoTests', ...argv] : []),
  ];
  const { code, signal, output } = await run(process.execPath, {
    args,
    env: { ...process.env, TOTALS_FILE: file },
    live,
  });
  if (!live) {
    announce(title);
    process.stdout.write(output);
  }
  const stage = readTotals(file);
  totals.passed += stage?.passed ?? 0;
  totals.skipped.push(...(stage?.skipped ?? []));
  totals.failed.push(...(stage?.failed ?? []));
  totals.durations.push(...(stage?.durations ?? []));
  if (code !== 0 && !stage?.failed.length) {
    const end = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    totals.failed.push(`${title}: vitest ${end} without naming a failed test`);
  }
}

/**
 * @param {string} file
 * @returns {import('./totals-reporter.mjs').Totals | undefined} undefined when vitest wrote none
 */
function readTotals(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** True when there is a Chromium, after installing one if need be. */
function haveChromium() {
  try {
    process.env.CHROMIUM = requireChromium();
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    totals.failed.push(`browser tests not run: ${message.split('\n')[0]}`);
    return false;
  }
}

if (tiers.includes('quick')) await runChecks();
const choosesProject = argv.some((argument) => argument.startsWith('--project'));
if (choosesProject) {
  await runTests([]);
} else {
  // First: it brings the software adapter too, with which tests in Node use WebGPU.
  const browser = haveChromium();
  for (const one of tiers) await runTests(STAGES[one].node);
  if (browser)
    for (const one of tiers)
      await Promise.all(
        STAGES[one].browser.map((projects, i) => runTests(projects, { live: i === 0 })),
      );
}
rmSync(scratch, { recursive: true, force: true });

announce(`the ${SLOWEST} slowest tests`);
totals.durations.sort((a, b) => b.milliseconds - a.milliseconds);
for (const { name, milliseconds } of totals.durations.slice(0, SLOWEST))
  console.log(`${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`);
announce('totals');
const filtersNames = argv.some((argument) => /^(-t|--testNamePattern)/.test(argument));
// A name filter skips all other tests; listing those would bury the rest.
if (!filtersNames)
  for (const { name, reason } of totals.skipped) console.log(`skipped: ${name} (${reason})`);
for (const name of totals.failed) console.log(`failed: ${name}`);
const skipped = totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed.length} failed${skipped}`);
process.exitCode = totals.failed.length > 0 ? 1 : 0;
