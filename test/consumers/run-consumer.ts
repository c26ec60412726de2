import type { Browser } from 'playwright-core';
import type { Consumer } from './consumer.ts';
import { makeProject } from './harness/project.ts';
import type { Toolbox } from './harness/toolbox.ts';
import { play } from './play.ts';
import type { Played } from './play.ts';

export interface RunOptions {
  readonly browser: Browser;
  readonly toolbox: Toolbox;
  /** Folder of the packed package. */
  readonly packed: string;
}

/** Makes the project of a consumer, builds, serves and plays it, and expects that nothing went wrong. */
export async function runConsumer(
  consumer: Consumer,
  { browser, toolbox, packed }: RunOptions,
): Promise<Played> {
  const { packages } = consumer;
  const project = await makeProject({ toolbox, packed, packages, files: await consumer.files() });
  try {
    const served = await consumer.serve(project);
    try {
      return await play(browser, served.url);
    } finally {
      await served.close();
    }
  } finally {
    await project.remove();
  }
}
