import type { Browser } from 'playwright-core';
import { firefox } from 'playwright-firefox';
import { findProgram } from '../../scripts/chromium.mjs';

/** Path of an installed Firefox, as its makers or Debian build it, or undefined. The FIREFOX variable wins. */
export const findFirefox = (): string | undefined =>
  findProgram({ variable: 'FIREFOX', commands: ['firefox-esr', 'firefox'] });

/**
 * Starts a headless Firefox. The caller closes it. It is driven by WebDriver BiDi, as it is not Playwright's own
 * build. Playwright 1.65 sends a command that Firefox 153 does not know: hence a version of its own.
 */
export async function launchFirefox(executablePath: string): Promise<Browser> {
  const browser = await firefox.launch({ executablePath, channel: 'moz-firefox' });
  // The tests use nothing that differs between the two versions, but TypeScript cannot compare all of them.
  return browser as unknown as Browser;
}
