/**
 * Vitest reporter that writes what `scripts/test.mjs` adds up to the file named by TOTALS_FILE.
 * Vitest's own JSON report has neither the reasons of skipped tests nor unhandled errors.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {string[]} failed names of failed tests, of files and suites that broke outside of a
 *   test, and messages of uncaught errors
 * @property {{ name: string, reason: string }[]} skipped
 * @property {{ name: string, milliseconds: number }[]} durations of the tests that ran
 */

/** @param {import('vitest/node').TestModule} module */
const label = (module) => `[${module.project.name}] ${module.relativeModuleId}`;

/** @param {string} message */
const firstLine = (message) => message.split('\n')[0];

/** @param {import('vitest/node').TestCase} test skipped without a note */
const reasonOf = ({ options }) =>
  options.mode === 'todo' ? 'to do' : options.mode === 'run' ? 'a hook failed' : 'no reason given';

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly { message: string }[]} unhandled
 * @returns {Totals}
 */
export function countTotals(modules, unhandled) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: [], skipped: [], durations: [] };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const result = test.result();
      const name = `${label(module)} > ${test.fullName}`;
      const { duration } = test.diagnostic() ?? {};
      if (duration !== undefined) totals.durations.push({ name, milliseconds: duration });
      if (result.state === 'passed') totals.passed += 1;
      else if (result.state === 'skipped') {
        totals.skipped.push({ name, reason: result.note ?? reasonOf(test) });
      } else totals.failed.push(name);
    }
    for (const suite of [module, ...module.children.allSuites()]) {
      const where = suite.type === 'suite' ? `${label(module)} > ${suite.fullName}` : label(module);
      for (const { message } of suite.errors())
        totals.failed.push(`${where}: ${firstLine(message)}`);
    }
  }
  for (const { message } of unhandled) totals.failed.push(`not caught: ${firstLine(message)}`);
  return totals;
}

/** Vitest wants a reporter given by its path to be the default export. */
export default class TotalsReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env.TOTALS_FILE;
    if (file) writeFileSync(file, JSON.stringify(countTotals(modules, unhandled)));
  }
}
