import { expect, it } from 'vitest';
import { notices } from '../../scripts/build/third-party.mjs';

const one = (name: string, licence: string, text: string) => ({
  name,
  version: '1.0.0',
  licence,
  text,
});

it('lists the licence of every package, in the order of their names', () => {
  const text = notices([one('b', 'MIT', 'Free to b.'), one('a', 'ISC', 'Free to a.')]);
  expect(text).toMatch(/^The files .*\n\n\na 1\.0\.0 \(ISC\)\n-+\n\nFree to a\.\n\n\nb 1\.0\.0/);
  expect(text).toContain('Free to b.');
});

it('names the copyright and where the text is of a package that ships none', () => {
  const packages = [one('@tensorflow/tfjs-core', 'Apache-2.0', ''), one('long', 'Apache-2.0', 'T')];
  expect(notices(packages)).toContain(
    'Copyright Google LLC\nThe text of the licence is that of long.',
  );
});

it.each([
  ['of unknown copyright', [one('c', 'MIT', ''), one('d', 'MIT', 'Free to d.')]],
  ['whose text no other has', [one('@tensorflow/tfjs-core', 'Apache-2.0', '')]],
])('refuses a package without a licence file, %s', (_, packages) => {
  expect(() => notices(packages)).toThrow(/has no licence file.*COPYRIGHT/);
});
