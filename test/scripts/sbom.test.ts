import { expect, it } from 'vitest';
import { sbom } from '../../scripts/build/sbom.mjs';
import { ROOT } from '../docs/read-markdown.ts';

const shared = { root: ROOT, name: 'phaser-foresight' };

it('lists the packages that were built in, with hash and licence, and no others', () => {
  const packages = new Set(['@tensorflow/tfjs-core@4.22.0', 'long@4.0.0', 'idb@8.0.4']);
  const made = sbom({ ...shared, packages });
  expect(made).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.any(String) });
  expect(made.metadata.component.name).toBe('phaser-foresight');
  const components: { 'bom-ref': string }[] = made.components;
  expect(new Set(components.map((one) => one['bom-ref']))).toEqual(packages);
  expect(components.find((one) => one['bom-ref'] === 'idb@8.0.4')).toMatchObject({
    purl: 'pkg:npm/idb@8.0.4',
    licenses: [{ license: { id: 'ISC' } }],
    hashes: [{ alg: 'SHA-512' }],
    properties: [],
  });
  expect(made.dependencies).toContainEqual({
    ref: '@tensorflow/tfjs-core@4.22.0',
    dependsOn: ['long@4.0.0'],
  });
  expect(sbom({ ...shared, packages })).toEqual(made);
});

it('refuses a package that the lockfile lacks', () => {
  expect(() => sbom({ ...shared, packages: new Set(['idb@0.0.1']) })).toThrow(/lockfile lacks/);
});
