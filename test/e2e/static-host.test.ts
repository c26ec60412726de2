import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';
import { inRound } from './fight.ts';
import { holdKey } from './game-clock.ts';
import { serveFiles } from './serve-files.ts';

const openDemo = useDemo();
const folder = inject('demoFolder');

/** Bytes that a line of 10 Mbit/s carries in three seconds, less half a second for everything else. */
const MOST = 3_100_000;

it.skipIf(!folder)(
  'runs from a folder of any static host, and is small at the first visit',
  async () => {
    const files = new Map<string, Buffer>();
    // Not the root of the server, and nothing that only Vite's server does.
    const host = await serveFiles(
      dirname(folder),
      {},
      { onFile: (path, bytes) => void files.set(path, bytes) },
    );
    try {
      const { page, problems } = await openDemo('?rounds=1', {
        url: `${host.url}/${basename(folder)}/index.html`,
      });
      await inScene(page, 'title');
      const title = sizesOf(files);
      await holdKey(page, 'Enter');
      await inRound(page);
      const fight = sizesOf(files);
      console.info(`bytes of files: title ${shown(title)}, first fight ${shown(fight)}`);
      expect(files.size).toBeGreaterThan(3);
      expect(fight.plain, 'bytes up to the first fight').toBeLessThan(MOST);
      expect(problems).toEqual([]);
    } finally {
      await host.close();
    }
  },
);

interface Sizes {
  /** Bytes of all files, as they are and packed by gzip. */
  readonly plain: number;
  readonly gzip: number;
  readonly files: number;
}

function sizesOf(files: ReadonlyMap<string, Buffer>): Sizes {
  const all = [...files.values()];
  return {
    plain: all.reduce((sum, { length }) => sum + length, 0),
    gzip: all.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0),
    files: all.length,
  };
}

const shown = ({ plain, gzip, files }: Sizes): string => `${plain} (gzip ${gzip}, ${files} files)`;
