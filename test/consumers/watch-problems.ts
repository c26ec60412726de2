import type { Page } from 'playwright-core';

/** The package tries this file first: where a bundler leaves it behind, a request for it fails. */
const WORKER_FILE = '/foresight.worker.js';
/** Browsers request it for every page. */
const ICON = '/favicon.ico';

const mayFail = (url: string): boolean =>
  URL.canParse(url) && [WORKER_FILE, ICON].some((end) => new URL(url).pathname.endsWith(end));

/** Collects uncaught errors, console errors and failed requests of a page, in order. */
export function watchProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    if (!mayFail(request.url())) problems.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !mayFail(response.url()))
      problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !mayFail(message.location().url))
      problems.push(`console: ${message.text()}`);
  });
  return problems;
}
