import { openIndexedDbModelStore } from '../../src/model/indexeddb-model-store.ts';
import { MemoryModelStore } from '../../src/model/memory-model-store.ts';
import type { ModelStore } from '../../src/model/model-store.ts';

export interface Turn {
  /** Leaves the turn to the next tab, or stops waiting for it. */
  readonly signal: AbortSignal;
  /** Called when another tab has the turn. */
  readonly onWait: () => void;
  /** Called when that tab has left it to this one. */
  readonly onTaken: () => void;
}

/**
 * Opens what the tabs of a game keep models in, once it is known which of them has the turn to write there.
 * Without IndexedDB models stay in memory. Of that the recordings warn already.
 */
export async function openKeptStore(name: string, turn: Turn): Promise<ModelStore> {
  await takeTurn(name, turn);
  return openIndexedDbModelStore(name).catch(() => new MemoryModelStore());
}

/** Resolves when the turn is taken or waited for. Where there are no Web Locks, every tab has the turn. */
function takeTurn(name: string, { signal, onWait, onTaken }: Turn): Promise<void> {
  return new Promise((resolve) => {
    const hold = async (): Promise<void> => {
      resolve();
      if (!signal.aborted) await new Promise((end) => signal.addEventListener('abort', end));
    };
    const take = async (): Promise<void> => {
      const { locks } = navigator;
      await locks.request(name, { ifAvailable: true }, (lock) => (lock ? hold() : onWait()));
      resolve();
      // Another tab has it, or this one has left it.
      await locks.request(name, { signal }, () => {
        onTaken();
        return hold();
      });
    };
    // Locks are refused in sandboxed pages.
    take().catch(() => resolve());
  });
}
