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

/** What a careful host sends: nothing from elsewhere, no `eval`, no blobs. */
const STRICT_CSP = {
  'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
};

const named = (suffix: string, consumer: Consumer): Consumer => ({
  ...consumer,
  name: `${consumer.name}, ${suffix}`,
});

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
  named('strict CSP', viteBuild({ headers: STRICT_CSP })),
  named('strict CSP', scriptTag({ headers: STRICT_CSP })),
  named('Phaser 3.90', viteDev({ phaser: 'phaser3' })),
  named('Phaser 3.90', viteBuild({ phaser: 'phaser3' })),
  named('Phaser 3.90', scriptTag({ phaser: 'phaser3' })),
];
