import { cpus, totalmem } from 'node:os';
import process from 'node:process';

/** What the figures were measured on, in one line. */
export function describeMachine(browserVersion?: string): string {
  const all = cpus();
  const model = all[0]?.model.trim() || process.arch;
  const memory = Math.round(totalmem() / 2 ** 30);
  const browser = browserVersion === undefined ? '' : `, Chromium ${browserVersion}`;
  return `${model}, ${all.length} cores, ${memory} GiB, ${process.platform}, Node ${process.versions.node}${browser}`;
}
