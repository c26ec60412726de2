import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROOT } from '../docs/read-markdown.ts';

it('publishes with provenance, from a workflow that may prove it', () => {
  const { publishConfig, scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
  expect(scripts['release:publish']).toMatch(/changeset publish$/);
  const workflow = readFileSync(`${ROOT}.github/workflows/release.yml`, 'utf8');
  expect(workflow).toMatch(/^ {2}id-token: write\b/m);
  expect(workflow).toContain('- run: npm run release:publish');
});
