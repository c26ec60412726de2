import { readFile, readdir } from 'node:fs/promises';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, expect, it } from 'vitest';
import { readDependencies } from '../docs/read-dependencies.ts';
import { packed } from './packed.ts';
import type { Packed } from './packed.ts';

let made: Packed;

beforeAll(async () => {
  made = await packed();
});

it('has nothing that publint finds wrong', async () => {
  const bytes = await readFile(made.tarball);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({
    pack: { tarball: tarball as ArrayBuffer },
    strict: true,
  });
  expect(messages.map((message) => formatMessage(message, pkg!, { color: false }))).toEqual([]);
});

it('brings what its code needs: no dependency, and the licences of what is inside', async () => {
  const manifest = JSON.parse(await readFile(`${made.dir}/package.json`, 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  expect(manifest).toMatchObject({
    author: expect.any(String),
    homepage: expect.stringMatching(/^https:/),
    bugs: expect.stringMatching(/^https:/),
    repository: { type: 'git', url: expect.stringMatching(/^git\+https:.*\.git$/) },
  });
  const licences = await readFile(`${made.dir}/dist/THIRD-PARTY-LICENSES.txt`, 'utf8');
  for (const name of ['@tensorflow/tfjs-core', 'comlink', 'idb', 'uplot', 'valibot'])
    expect(licences).toContain(`\n${name} `);
  const files = (await readdir(`${made.dir}/dist`)).filter((file) => file.endsWith('.js'));
  const found = await Promise.all(
    files.map(async (file) => importsOf(await readFile(`${made.dir}/dist/${file}`, 'utf8'))),
  );
  expect(new Set(found.flat().filter((name) => !name.startsWith('node:')))).toEqual(
    new Set(Object.keys(manifest.peerDependencies)),
  );
});

it('lists what is inside as its documentation does', async () => {
  const { components } = JSON.parse(await readFile(`${made.dir}/dist/sbom.cdx.json`, 'utf8'));
  interface Component {
    readonly name: string;
    readonly version: string;
    readonly licenses: readonly { readonly license: { readonly id: string } }[];
  }
  const listed = (components as readonly Component[]).map(({ name, version, licenses }) => ({
    name,
    version,
    licence: licenses[0].license.id,
  }));
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(listed.sort(byName)).toEqual(readDependencies('Inside the package').sort(byName));
});

/** Names of the packages that a module imports. */
const importsOf = (text: string): string[] =>
  [
    ...text.matchAll(/^(?:import|export)\b[^;\n]*?from ?"([^".][^"]*)"/gm),
    ...text.matchAll(/\bimport\("([^".][^"]*)"\)/g),
  ].map(([, name]) => name);
