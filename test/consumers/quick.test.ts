import { it } from 'vitest';
import type { Consumer } from './consumer.ts';
import { ROOT_TOOLBOX } from './harness/toolbox.ts';
import { esbuildScript } from './shapes/esbuild.ts';
import { scriptTag } from './shapes/script-tag.ts';
import { viteDev } from './shapes/vite.ts';
import { useConsumers } from './use-consumers.ts';

/** The consumers that need nothing but what this project has installed for itself. */
const QUICK: readonly Consumer[] = [viteDev(), esbuildScript, scriptTag()];

const expectToWork = useConsumers(() => ROOT_TOOLBOX);

it.each(QUICK)('$name learns and predicts without configuration', async (consumer) => {
  await expectToWork(consumer);
});
