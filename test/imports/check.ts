import { posix } from 'node:path';
import { AREAS } from './arrows.ts';
import { readImports } from './read.ts';
import type { Import } from './read.ts';

export const MAX_LINES = 400;

/** Stylesheets, images and the like may be imported but import nothing. */
export const isCode = (path: string): boolean => /\.[jt]s$/.test(path);

const areaOf = (path: string): string | undefined =>
  Object.keys(AREAS).find((name) => AREAS[name]!.files.test(path));

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Why `from` may not import `to` as `kind`; undefined when it may. */
function forbidden(from: string, to: string, kind: Import['kind']): string | undefined {
  const [source, target] = [areaOf(from)!, areaOf(to)];
  if (target === undefined) return 'is in no folder of the table';
  if (source === target) return undefined;
  const { areas } = AREAS[source]!;
  const doors = AREAS[target]!.doors;
  if (doors && !doors.test(to)) return `is not an entry of ${target}`;
  if (areas.includes(target)) return undefined;
  if (areas.includes(`lazy:${target}`)) {
    return kind === 'value' ? `may only be loaded lazily by ${source}` : undefined;
  }
  if (areas.includes(`type:${target}`)) {
    return kind === 'type' ? undefined : `may only give types to ${source}`;
  }
  return `is not for ${source}`;
}

/** Cycles among `edges`, each as the files on it; at least one where there is any. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return cycles;
}

/**
 * Everything wrong with the imports of a project, in words; empty when all is well.
 *
 * @param files text of every file that may be imported, by its path from the project's root; only
 *   code is read
 */
export function checkImports(files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [path, text] of files) {
    if (!isCode(path)) continue;
    const lines = text.trimEnd().split('\n').length;
    if (lines > MAX_LINES) problems.push(`${path} has ${lines} lines, more than ${MAX_LINES}`);
    const area = areaOf(path);
    if (area === undefined) {
      problems.push(`${path} is in no folder of the table`);
      continue;
    }
    const targets: string[] = [];
    edges.set(path, targets);
    for (const { specifier, kind, line } of readImports(path, text)) {
      const report = (why: string) => problems.push(`${path}:${line}: ${specifier} ${why}`);
      if (!specifier.startsWith('.')) {
        const packages = AREAS[area]!.packages ?? [];
        if (!packages.some((one) => matches(one, specifier))) report(`is not for ${area}`);
        continue;
      }
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (!files.has(target)) {
        report('does not exist (imports name the file with its extension)');
        continue;
      }
      targets.push(target);
      const why = forbidden(path, target, kind);
      if (why) report(why);
    }
  }
  for (const cycle of findCycles(edges)) problems.push(`cycle: ${cycle.join(' -> ')}`);
  return problems;
}
