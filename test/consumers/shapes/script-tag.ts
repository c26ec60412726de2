import type { Consumer } from '../consumer.ts';
import { classicGame, pageWith } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

const GLOBAL_BUILD = 'phaser-foresight/dist/phaser-foresight.global.js';

const scripts = (
  modules: string,
): string => `<script src="${modules}/phaser/dist/phaser.min.js"></script>
<script src="${modules}/${GLOBAL_BUILD}"></script>`;

export interface ScriptTagOptions {
  /** What the toolbox calls this version of Phaser. */
  readonly phaser?: string;
  /** Sent with every file. */
  readonly headers?: Readonly<Record<string, string>>;
}

const base = ({ phaser = 'phaser' }: ScriptTagOptions) => ({
  tool: null,
  setUp: '`<script src="phaser-foresight.global.js"></script>` after the one of Phaser',
  packages: [`phaser@${phaser}`],
});

export const scriptTag = ({ headers = {}, ...options }: ScriptTagOptions = {}): Consumer => ({
  ...base(options),
  name: 'Script tag, same origin',
  files: async () => ({
    'index.html': pageWith('<script src="game.js"></script>', scripts('node_modules')),
    ...(await classicGame()),
  }),
  serve: (project) => serveFolder(project, '.', { headers }),
});

/** Scripts from another origin, as from a CDN. */
export const foreignScriptTag = (options: ScriptTagOptions = {}): Consumer => ({
  ...base(options),
  name: 'Script tag, other origin',
  files: classicGame,
  async serve(project) {
    const other = await serveFolder(project, 'node_modules', { page: '' });
    const page = pageWith('<script src="game.js"></script>', scripts(other.url.replace(/\/$/, '')));
    const own = await serveFolder(project, '.', { pages: { '/index.html': page } });
    return {
      url: own.url,
      close: async () => void (await Promise.all([own.close(), other.close()])),
    };
  },
});
