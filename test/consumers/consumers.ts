import { STRICT_CSP } from '../e2e/strict-csp.ts';
import type { Consumer } from './consumer.ts';
import { bunBuild } from './shapes/bun.ts';
import { esbuildModules, esbuildScript } from './shapes/esbuild.ts';
import { importMap } from './shapes/import-map.ts';
import { parcelBuild, parcelDev } from './shapes/parcel.ts';
import { reactBuild, reactDev } from './shapes/react.ts';
import { rollupModules, rollupScript } from './shapes/rollup.ts';
import { foreignScriptTag, scriptTag } from './shapes/script-tag.ts';
import { viteBuild, viteDev } from './shapes/vite.ts';
import { webpack } from './shapes/webpack.ts';

const STRICT = { headers: { 'content-security-policy': STRICT_CSP } };

const named = (suffix: string, consumer: Consumer): Consumer => ({
  ...consumer,
  name: `${consumer.name}, ${suffix}`,
});

/** The package from a script tag, under the policy of docs/bundlers.md. */
export const strictScriptTag = named('strict CSP', scriptTag(STRICT));

/** All of the table in docs/bundlers.md, in its order. */
export const CONSUMERS: readonly Consumer[] = [
  viteDev(),
  viteBuild(),
  viteDev({ vite: 'vite7' }),
  viteBuild({ vite: 'vite7' }),
  viteDev({ vite: 'vite6' }),
  viteBuild({ vite: 'vite6' }),
  reactDev,
  reactBuild,
  webpack(),
  rollupScript,
  rollupModules,
  esbuildScript,
  esbuildModules,
  parcelDev,
  parcelBuild,
  bunBuild,
  importMap,
  scriptTag(),
  foreignScriptTag(),
  named('strict CSP', viteBuild(STRICT)),
  strictScriptTag,
  named('Phaser 3.90', viteDev({ phaser: 'phaser3' })),
  named('Phaser 3.90', viteBuild({ phaser: 'phaser3' })),
  named('Phaser 3.90', scriptTag({ phaser: 'phaser3' })),
];
