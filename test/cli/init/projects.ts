/** Files of a small project, by their paths. */
export type ProjectFiles = Readonly<Record<string, string>>;

export interface ProjectShape {
  readonly files: ProjectFiles;
  /** What it is recognized as. */
  readonly bundler: string;
  /** The file with the config of the game. */
  readonly game: string;
  /** The file that the example goes to. */
  readonly example: string;
  /** A part of the changed config. */
  readonly config: string;
  /** The file whose import or script of the package is added, and the line. */
  readonly added: readonly [string, string];
}

const manifest = (
  packages: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): string =>
  `${JSON.stringify({ name: 'game', private: true, ...more, dependencies: { phaser: '^4.2.1' }, devDependencies: packages }, null, 2)}\n`;

const page = (script: string): string => `<!doctype html>
<html>
  <body>
    <div id="game-container"></div>
    ${script}
  </body>
</html>
`;

/** In the shape of Phaser's templates: a config in the module, and a function that starts the game. */
const STARTED = `import { Arena } from './scenes/Arena';
import { AUTO, Game, Scale } from 'phaser';

//  Everything that the game needs
const config: Phaser.Types.Core.GameConfig = {
    type: AUTO,
    parent: 'game-container',
    scale: {
        mode: Scale.FIT,
        autoCenter: Scale.CENTER_BOTH
    },
    scene: [
        Arena // the only one
    ]
};

const StartGame = (parent: string) => {
    return new Game({ ...config, parent });
};

export default StartGame;
`;

const SCENE = `import { Scene } from 'phaser';

export class Arena extends Scene {
    create() {}
}
`;

const IMPORT = "import { foresight } from 'phaser-foresight';";
const STARTED_CONFIG = `    scene: [
        Arena // the only one
    ],
    plugins: foresight({ store: 'indexeddb' })
};`;

/** Projects in the shapes that init knows. */
export const PROJECTS: Readonly<Record<string, ProjectShape>> = {
  'Vite and TypeScript': {
    files: {
      'package.json': manifest({ typescript: '^6.0.0', vite: '^8.0.0' }),
      'tsconfig.json': '{}',
      'index.html': page('<script type="module" src="src/main.ts"></script>'),
      'src/main.ts': "import StartGame from './game/main';\n\nStartGame('game-container');\n",
      'src/game/main.ts': STARTED,
      'src/game/scenes/Arena.ts': SCENE,
      'node_modules/phaser/main.js': 'new Phaser.Game({});',
    },
    bundler: 'Vite',
    game: 'src/game/main.ts',
    example: 'src/foresight-example.ts',
    config: STARTED_CONFIG,
    added: ['src/game/main.ts', IMPORT],
  },
  'React and Vite': {
    files: {
      'package.json': manifest({ '@vitejs/plugin-react': '^6.0.0', vite: '^8.0.0' }),
      'tsconfig.json': '{}',
      'index.html': page('<script type="module" src="/src/main.tsx"></script>'),
      'src/PhaserGame.tsx': `import { useEffect } from 'react';
import StartGame from './game/main';

export const PhaserGame = () => {
  useEffect(() => void StartGame('game-container'), []);
  return <p>Don't stop: / new Game(</p>;
};
`,
      'src/game/main.ts': STARTED,
    },
    bundler: 'Vite',
    game: 'src/game/main.ts',
    example: 'src/foresight-example.ts',
    config: STARTED_CONFIG,
    added: ['src/game/main.ts', IMPORT],
  },
  'Vue and Vite': {
    files: {
      'package.json': manifest({ '@vitejs/plugin-vue': '^6.0.0', vite: '^8.0.0' }),
      'tsconfig.json': '{}',
      'src/PhaserGame.vue': `<script setup lang="ts">
import { onMounted } from 'vue';
import Phaser from 'phaser';

onMounted(() => {
  new Phaser.Game({ type: Phaser.AUTO, parent: 'game-container' });
});
</script>

<template>
  <div id="game-container">It's here</div>
</template>
`,
    },
    bundler: 'Vite',
    game: 'src/PhaserGame.vue',
    example: 'src/foresight-example.ts',
    config:
      "new Phaser.Game({ type: Phaser.AUTO, parent: 'game-container', plugins: foresight({ store: 'indexeddb' }) });",
    added: ['src/PhaserGame.vue', IMPORT],
  },
  'webpack and JavaScript': {
    files: {
      'package.json': manifest({ webpack: '^5.0.0', 'webpack-cli': '^6.0.0' }),
      'public/index.html': page('<script src="bundle.js"></script>'),
      'src/index.js': `import Phaser from "phaser"
import config from "./config"

const game = new Phaser.Game(config)
`,
      'src/config.js': `import Phaser from "phaser"
import { Arena } from "./arena"

export default {
  type: Phaser.AUTO,
  scene: Arena, /* { */
}
`,
    },
    bundler: 'webpack',
    game: 'src/config.js',
    example: 'src/foresight-example.js',
    config: `  scene: Arena, /* { */
  plugins: foresight({ store: "indexeddb" }),
}`,
    added: ['src/config.js', 'import { foresight } from "phaser-foresight"'],
  },
  'rollup and TypeScript': {
    files: {
      'package.json': manifest({ rollup: '^4.0.0' }),
      'tsconfig.json': '{}',
      'src/game.ts': `import * as Phaser from 'phaser';
import { config } from './settings/config';

export const game = new Phaser.Game(config);
`,
      'src/settings/config.ts': `import type { Types } from 'phaser';

export const config = {
\twidth: 800,
\theight: 600,
} satisfies Types.Core.GameConfig;
`,
    },
    bundler: 'rollup',
    game: 'src/settings/config.ts',
    example: 'src/foresight-example.ts',
    config: "\theight: 600,\n\tplugins: foresight({ store: 'indexeddb' }),\n} satisfies",
    added: ['src/settings/config.ts', IMPORT],
  },
  'esbuild and JavaScript': {
    files: {
      'package.json': manifest({ esbuild: '^0.28.0' }),
      'src/main.js': `import { Game, AUTO } from 'phaser';

const foresight = /[{"'/]/.test(location.search);
new Game({
  type: AUTO, seed: [\`\${[1, 2].map((n) => \`{\${n}\`)}\`],
  scene: { create() { console.info('new Game({', foresight); } } });
`,
    },
    bundler: 'esbuild',
    game: 'src/main.js',
    example: 'src/foresight-example.js',
    config: "foresight); } },\n  plugins: foresightPlugins({ store: 'indexeddb' })\n  });",
    added: ['src/main.js', "import { foresight as foresightPlugins } from 'phaser-foresight';"],
  },
  'Parcel and TypeScript': {
    files: {
      'package.json': manifest({ parcel: '^2.0.0' }),
      'src/index.html': page('<script type="module" src="main.ts"></script>'),
      'src/main.ts':
        "import * as Phaser from 'phaser';\r\n\r\nlet settings = {\r\n  width: 640\r\n};\r\nnew Phaser.Game(settings);\r\n",
    },
    bundler: 'Parcel',
    game: 'src/main.ts',
    example: 'src/foresight-example.ts',
    config: "  width: 640,\r\n  plugins: foresight({ store: 'indexeddb' })\r\n};",
    added: ['src/main.ts', IMPORT],
  },
  bun: {
    files: {
      'package.json': manifest({}, { scripts: { dev: 'bun ./index.html' } }),
      'bun.lock': '{}',
      'index.html': page('<script type="module" src="./main.ts"></script>'),
      'main.ts': "import * as Phaser from 'phaser';\nnew Phaser.Game({});\n",
    },
    bundler: 'bun',
    game: 'main.ts',
    example: 'foresight-example.ts',
    config: "new Phaser.Game({ plugins: foresight({ store: 'indexeddb' }) });",
    added: ['main.ts', IMPORT],
  },
  'import map': {
    files: {
      'index.html': page(`<script type="importmap">
      {
        "imports": {
          "phaser": "https://cdn.jsdelivr.net/npm/phaser@4.2.1/dist/phaser.esm.js"
        }
      }
    </script>
    <script type="module">
      import * as Phaser from 'phaser';

      new Phaser.Game({ width: 640 });
    </script>`),
    },
    bundler: 'import map',
    game: 'index.html',
    example: 'foresight-example.js',
    config: "      new Phaser.Game({ width: 640, plugins: foresight({ store: 'indexeddb' }) });",
    added: [
      'index.html',
      '"phaser-foresight": "https://cdn.jsdelivr.net/npm/phaser-foresight@1.2.3/dist/phaser-foresight.js"',
    ],
  },
  'script tags from a CDN': {
    files: {
      'index.html': page(`<!-- <script src="phaser.js"></script> -->
    <script src="https://cdn.jsdelivr.net/npm/phaser@4.2.1/dist/phaser.min.js"></script>
    <script src="game.js"></script>`),
      'game.js': 'const config = { width: 640 };\n\nvar game = new Phaser.Game(config);\n',
    },
    bundler: 'script tag',
    game: 'game.js',
    example: 'foresight-example.js',
    config:
      "const config = { width: 640, plugins: PhaserForesight.foresight({ store: 'indexeddb' }) };",
    added: [
      'index.html',
      '<script src="https://cdn.jsdelivr.net/npm/phaser-foresight@1.2.3/dist/phaser-foresight.global.js"></script>\n    <script src="foresight-example.js"></script>\n    <script src="game.js">',
    ],
  },
  'script tags from an installed package': {
    files: {
      'package.json': manifest({}),
      'index.html': page(`<script src="./node_modules/phaser/dist/phaser.js"></script>
    <script>
      new Phaser.Game({
        width: 640,
      });
    </script>`),
    },
    bundler: 'script tag',
    game: 'index.html',
    example: 'foresight-example.js',
    config: "        plugins: PhaserForesight.foresight({ store: 'indexeddb' }),\n      });",
    added: [
      'index.html',
      '<script src="./node_modules/phaser-foresight/dist/phaser-foresight.global.js"></script>',
    ],
  },
};
