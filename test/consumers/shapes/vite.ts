import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { pageWith, typeScriptGame } from '../harness/game-text.ts';
import type { Files } from '../harness/game-text.ts';
import { serveByTool, serveFolder } from './served.ts';

export interface ViteOptions {
  /** What the toolbox calls this version of Vite. */
  readonly vite?: string;
  /** What the toolbox calls this version of Phaser. */
  readonly phaser?: string;
  /** Sent with every file of the built game. */
  readonly headers?: Readonly<Record<string, string>>;
}

const VITE = 'node_modules/vite/bin/vite.js';

const files = async (): Promise<Files> => ({
  'index.html': pageWith('<script type="module" src="/src/main.ts"></script>'),
  ...(await typeScriptGame()),
});

const base = ({ vite = 'vite', phaser = 'phaser' }: ViteOptions) => ({
  tool: vite,
  setUp: NPM_INSTALL,
  packages: [`vite@${vite}`, `phaser@${phaser}`],
  files,
});

/** `npm run dev`: Vite bundles the package ahead, and moves it away from its worker. */
export const viteDev = (options: ViteOptions = {}): Consumer => ({
  ...base(options),
  name: 'Vite, development server',
  serve: (project) => serveByTool(project, VITE, ['--host', '127.0.0.1']),
});

/** `npm run build`. */
export const viteBuild = ({ headers = {}, ...options }: ViteOptions = {}): Consumer => ({
  ...base(options),
  name: 'Vite, build',
  async serve(project) {
    await project.run(VITE, ['build']);
    return serveFolder(project, 'dist', { headers });
  },
});
