import { format, resolveConfig } from 'prettier';
import type { Consumer } from './consumer.ts';

/** A consumer that worked, and how. */
export interface TableRow {
  readonly consumer: Consumer;
  /** Of its bundler; null where there is none. */
  readonly version: string | null;
  readonly workerFrom: 'file' | 'blob';
}

const BEGIN = '<!-- consumers: begin -->';
const END = '<!-- consumers: end -->';

const WORKER_TEXT = { file: 'its file', blob: 'its source, as a blob' } as const;

function tableOf(rows: readonly TableRow[]): string {
  const lines = rows.map(({ consumer, version, workerFrom }) =>
    [consumer.name, version ?? '', consumer.setUp, 'works', WORKER_TEXT[workerFrom]].join(' | '),
  );
  return ['project | version | set-up | result | worker starts from', '-|-|-|-|-', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}

/** The page with a new table between its two marks, formatted. Throws when it lacks them. */
export async function withTable(
  page: string,
  rows: readonly TableRow[],
  filepath: string,
): Promise<string> {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${filepath} lacks the marks ${BEGIN} and ${END}.`);
  const text = `${page.slice(0, begin)}${BEGIN}\n\n${tableOf(rows)}\n\n${page.slice(end)}`;
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
