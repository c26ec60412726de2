import type { Rng } from '../../src/util/rng.ts';

const pick = <T>(rng: Rng, items: readonly T[]): T => items[rng.int(items.length)];

const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  255,
  256,
  4096,
  65_535,
  65_536,
  999_999,
  2 ** 24,
  2 ** 24 + 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  1e9,
  1e15,
  1e300,
  -1e300,
  1e-300,
  3.4e38,
  1e39,
  '',
  'a',
  '__proto__',
  'constructor',
  'tick',
  'action',
  'id 0-999999',
  'id 0-9',
  'id',
  'actions',
  'vector',
  'number',
  'category',
  'boolean',
  'everyTicks',
  'onChange',
  '\u0000',
  '\ud800',
  '{}',
  '[]',
  [],
  {},
  [[]],
  [null],
  [1, 2],
  ['a', 'b'],
];

/** How often a mutation makes something very large. */
const LARGE = 1 / 4000;

/** A changed copy of a JSON value, a few places at a time. Texts that contain JSON are changed inside too. */
export function mutateJson(value: unknown, rng: Rng): unknown {
  let changed = structuredClone(value);
  for (let i = 1 + rng.int(3); i > 0; i--) changed = mutateOnce(changed, rng, changed);
  return changed;
}

function mutateOnce(value: unknown, rng: Rng, root: unknown): unknown {
  if (typeof value === 'string' && /^[[{]/.test(value) && rng.next() < 0.9)
    try {
      return JSON.stringify(mutateOnce(JSON.parse(value), rng, root));
    } catch {
      return value;
    }
  const isParent = typeof value === 'object' && value !== null;
  if (!isParent || rng.next() < 0.1) return replacement(value, rng, root);
  if (Array.isArray(value)) return mutateArray(value, rng, root);
  return mutateObject(value as Record<string, unknown>, rng, root);
}

function mutateArray(items: readonly unknown[], rng: Rng, root: unknown): unknown[] {
  const at = rng.int(items.length);
  const kind = rng.next();
  if (rng.next() < LARGE) return Array.from({ length: 20_000 }, () => items[at] ?? 0);
  if (!items.length || kind < 0.1) return insert(items, at, pick(rng, ODD));
  if (kind < 0.2) return items.filter((_, i) => i !== at);
  if (kind < 0.3) return insert(items, at, structuredClone(items[at]));
  return items.map((item, i) => (i === at ? mutateOnce(item, rng, root) : item));
}

function mutateObject(
  object: Record<string, unknown>,
  rng: Rng,
  root: unknown,
): Record<string, unknown> {
  const entries = Object.entries(object);
  const at = rng.int(entries.length);
  const kind = rng.next();
  if (!entries.length || kind < 0.05) entries.push([String(pick(rng, ODD)), pick(rng, ODD)]);
  else if (kind < 0.1) entries.splice(at, 1);
  else if (kind < 0.13) entries[at][0] = pick(rng, entries)[0] + pick(rng, ['', '_0', 's']);
  else entries[at][1] = mutateOnce(entries[at][1], rng, root);
  return Object.fromEntries(entries);
}

function replacement(value: unknown, rng: Rng, root: unknown): unknown {
  const kind = rng.next();
  if (rng.next() < LARGE) return 'x'.repeat(200_000);
  if (rng.next() < LARGE) return deep(rng.int(6000));
  if (typeof value === 'number' && kind < 0.4)
    return pick(rng, [value + 1, value - 1, -value, value * 2, value / 3, Math.round(value)]);
  if (typeof value === 'string' && kind < 0.4)
    return pick(rng, [`${value}x`, value.slice(1), value + value, value.toUpperCase()]);
  if (kind > 0.9) return somewhere(root, rng);
  return pick(rng, ODD);
}

/** A part of the same value, from anywhere in it. */
function somewhere(value: unknown, rng: Rng): unknown {
  let part = value;
  while (typeof part === 'object' && part !== null && rng.next() < 0.8) {
    const parts = Object.values(part);
    if (!parts.length) break;
    part = pick(rng, parts);
  }
  return structuredClone(part);
}

function deep(levels: number): unknown {
  let value: unknown = 0;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

const insert = (items: readonly unknown[], at: number, item: unknown): unknown[] => [
  ...items.slice(0, at),
  item,
  ...items.slice(at),
];
