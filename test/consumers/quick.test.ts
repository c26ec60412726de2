import { it } from 'vitest';
import type { Consumer } from './consumer.ts';
import { strictScriptTag } from './consumers.ts';
import { ROOT_TOOLBOX } from './harness/toolbox.ts';
import { esbuildScript } from './shapes/esbuild.ts';
import { viteDev } from './shapes/vite.ts';
import { useConsumers } from './use-consumers.ts';

/** The consumers that need nothing but what this project has installed for itself. */
const QUICK: readonly Consumer[] = [viteDev(), esbuildScript, strictScriptTag];

const expectToWork = useConsumers(() => ROOT_TOOLBOX);

it.each(QUICK)('$name learns and predicts without configuration', async (consumer) => {
  await expectToWork(consumer);
});
