import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { pageWith, typeScriptGame } from '../harness/game-text.ts';
import { serveByTool, serveFolder } from './served.ts';

const VITE = 'node_modules/vite/bin/vite.js';

/** The game in a component. In strict mode React mounts it twice: the first game ends at once. */
const MAIN = `import { StrictMode, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { startGame } from './game';

function Game() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const game = startGame(container.current!);
    return () => game.destroy(true);
  }, []);
  return <div ref={container} />;
}

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <Game />
  </StrictMode>,
);
`;

const CONFIG = `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [react()] });
`;

const base = {
  tool: 'react',
  setUp: NPM_INSTALL,
  packages: ['vite', '@vitejs/plugin-react', 'react', 'react-dom', 'phaser'],
  async files() {
    const { 'src/main.ts': _main, ...game } = await typeScriptGame();
    return {
      'index.html': pageWith(
        '<script type="module" src="/src/main.tsx"></script>',
        '<div id="app"></div>',
      ),
      'vite.config.mjs': CONFIG,
      'src/main.tsx': MAIN,
      ...game,
    };
  },
} as const;

export const reactDev: Consumer = {
  ...base,
  name: 'React + Vite, development server',
  serve: (project) => serveByTool(project, VITE, ['--host', '127.0.0.1']),
};

export const reactBuild: Consumer = {
  ...base,
  name: 'React + Vite, build',
  async serve(project) {
    await project.run(VITE, ['build']);
    return serveFolder(project, 'dist');
  },
};
