import type * as Phaser from 'phaser';
import { openDB } from 'idb';

const MEGABYTE = 2 ** 20;
const kept: unknown[] = [];

/** Keeps some of each thing that is counted, as a page with every kind of leak would. */
export async function leak(game: Phaser.Game): Promise<void> {
  const nothing = (): void => {};
  for (let i = 0; i < 200; i++) {
    addEventListener(`leak-${kept.length}`, nothing);
    const node = document.createElement('div');
    game.events.on('leak', () => node);
    kept.push(node);
  }
  const numbers = Array.from({ length: 50_000 }, (_, i) => ({ i }));
  const source = `
    const kept = [new Uint8Array(${MEGABYTE}), Array.from({ length: 5e4 }, (_, i) => ({ i }))];
    onmessage = () => kept;`;
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  const memory = new WebAssembly.Memory({ initial: 16 });
  kept.push(numbers, worker, memory, new Uint8Array(MEGABYTE).fill(1));
  const database = await openDB('leak', 1, {
    upgrade: (created) => void created.createObjectStore('leak', { autoIncrement: true }),
  });
  const bytes = new Uint8Array(1.5 * MEGABYTE);
  for (let i = 0; i < bytes.length; i += 65_536)
    crypto.getRandomValues(bytes.subarray(i, i + 65_536));
  await database.add('leak', bytes);
  database.close();
}
