import type { Page } from 'playwright-core';

/** The package tries this file first: where a bundler leaves it behind, a request for it fails. */
const isWorkerFile = (url: string): boolean =>
  new URL(url).pathname.endsWith('/foresight.worker.js');

/** Collects uncaught errors, console errors and failed requests of a page, in order. */
export function watchProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    if (!isWorkerFile(request.url())) problems.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !isWorkerFile(response.url()))
      problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return problems;
}
