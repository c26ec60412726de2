/** Runs `foresight export` once, with the arguments given to this program, and prints what it took as JSON. */
import process from 'node:process';
import { runCommand } from '../../../src/cli/run-command.ts';
import type { Exported } from './export.ts';

const began = performance.now();
let result = '';
await runCommand(['export', ...process.argv.slice(2), '--json'], {
  print: (text) => (result = text),
  complain: (text) => console.error(text),
  progress: process.stderr,
});
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const { steps, bytes } = JSON.parse(result) as { steps: number; bytes: number };
const exported: Exported = {
  steps,
  bytes,
  seconds: (performance.now() - began) / 1000,
  // Of microseconds and kilobytes.
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  megabytes: (maxRSS * 1024) / 1e6,
};
console.log(JSON.stringify(exported));
