import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readDependencies } from './read-dependencies.ts';
import type { DependencyRow } from './read-dependencies.ts';
import { ROOT } from './read-markdown.ts';

const readJson = (path: string) => JSON.parse(readFileSync(ROOT + path, 'utf8'));

const inside = readDependencies('Inside the package');
const peers = readDependencies('What a game brings');

/** What the lockfile has of a package, wherever it is installed. */
function locked({ name, version }: DependencyRow): { license?: string } | undefined {
  const packages: Record<string, { version: string; license?: string }> =
    readJson('package-lock.json').packages;
  const found = Object.entries(packages).find(
    ([path, one]) => path.endsWith(`node_modules/${name}`) && one.version === version,
  );
  return found?.[1];
}

it('are listed with the versions and licences that the lockfile has', () => {
  expect(inside.length).toBeGreaterThan(15);
  for (const row of [...inside, ...peers])
    expect({ ...row, licence: locked(row)?.license }).toEqual(row);
});

it('are listed with the licence that the installed package states, where it is at the top', () => {
  const stated = [...inside, ...peers].filter(
    ({ name, version }) => readJson(`node_modules/${name}/package.json`).version === version,
  );
  expect(stated.length).toBeGreaterThan(15);
  for (const { name, licence } of stated)
    expect(readJson(`node_modules/${name}/package.json`).license).toBe(licence);
});

it('lack none that package.json has', () => {
  const { dependencies, peerDependencies } = readJson('package.json');
  expect(dependencies).toBeUndefined();
  expect(peers.map(({ name }) => name).sort()).toEqual(Object.keys(peerDependencies).sort());
});
