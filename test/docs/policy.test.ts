import { expect, it } from 'vitest';
import { STRICT_CSP } from '../e2e/strict-csp.ts';
import { readMarkdown } from './read-markdown.ts';

it('shows the policy under which the tests play', () => {
  const shown = readMarkdown('docs/bundlers.md').blocks.find(({ info }) => info === 'http');
  expect(shown?.text.replace(/\s+/g, ' ')).toBe(`Content-Security-Policy: ${STRICT_CSP}`);
});
