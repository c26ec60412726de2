/**
 * `npm test`: types, lint and formatting at once, then every test, one stage after the other. A stage that
 * fails does not stop the next one. The last line is the totals; skipped tests stand above it.
 *
 * Arguments go to vitest: `npm test -- test/record`, `npm test -- --project unit`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { requireChromium } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CHECKS = ['check', 'lint', 'format:check'];
/** Browsers run alone: a second one would take the frames that the first one's tests count. */
const TEST_STAGES = [['unit'], ['browser', 'browser-phaser3'], ['e2e']];
/** A stage that takes longer hangs. */
const STAGE_MINUTES = 25;

const argv = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'foresight-test-'));

/** @type {import('./totals-reporter.mjs').Totals} */
const totals = { passed: 0, failed: [], skipped: [] };

/** @param {string} title */
const announce = (title) => console.log(`\n=== ${title} ===`);

/**
 * Runs an npm script to its end, silently.
 *
 * @param {string} script
 * @returns {Promise<{ script: string, passed: boolean, output: string }>}
 */
function runCheck(script) {
  const child = spawn(`npm run --silent ${script}`, {
    cwd: ROOT,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ script, passed: code === 0, output }));
  });
}

/** Runs all checks at once and prints the output of each. */
async function runChecks() {
  for (const { script, passed, output } of await Promise.all(CHECKS.map(runCheck))) {
    announce(script);
    process.stdout.write(output);
    if (passed) totals.passed += 1;
    else totals.failed.push(`npm run ${script}`);
  }
}

/** @param {readonly string[]} projects empty = those that the arguments choose */
function runTests(projects) {
  const title = projects.join(' and ') || 'tests';
  announce(title);
  const file = join(scratch, `${projects.join('-') || 'chosen'}.json`);
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=./scripts/totals-reporter.mjs',
    // Left to itself vitest keeps a core free, of two as well; browser tests take one file at a time anyway.
    `--maxWorkers=${availableParallelism()}`,
    ...projects.map((project) => `--project=${project}`),
    // A filter may leave a stage without tests; without a filter that is an error.
    ...(argv.length > 0 ? ['--passWithNoTests', ...argv] : []),
  ];
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, TOTALS_FILE: file },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: STAGE_MINUTES * 60_000,
    killSignal: 'SIGKILL',
  });
  const stage = readTotals(file);
  totals.passed += stage?.passed ?? 0;
  totals.skipped.push(...(stage?.skipped ?? []));
  totals.failed.push(...(stage?.failed ?? []));
  if (status !== 0 && !stage?.failed.length) {
    const end = signal ? `was ended by ${signal}` : `ended with code ${status}`;
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

await runChecks();
const choosesProject = argv.some((argument) => argument.startsWith('--project'));
if (choosesProject) {
  runTests([]);
} else {
  const [nodeStage, ...browserStages] = TEST_STAGES;
  runTests(nodeStage);
  if (haveChromium()) for (const projects of browserStages) runTests(projects);
}
rmSync(scratch, { recursive: true, force: true });

announce('totals');
const filtersNames = argv.some((argument) => /^(-t|--testNamePattern)/.test(argument));
// A name filter skips all other tests; listing those would bury the rest.
if (!filtersNames)
  for (const { name, reason } of totals.skipped) console.log(`skipped: ${name} (${reason})`);
for (const name of totals.failed) console.log(`failed: ${name}`);
const skipped = totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed.length} failed${skipped}`);
process.exitCode = totals.failed.length > 0 ? 1 : 0;
