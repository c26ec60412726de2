import { afterEach, beforeEach, vi } from 'vitest';
import { cdp } from 'vitest/browser';

interface Session {
  send(
    method: 'Storage.overrideQuotaForOrigin',
    parameters: { origin: string; quotaSize?: number },
  ): Promise<unknown>;
  send(
    method: 'Storage.getUsageAndQuota',
    parameters: { origin: string },
  ): Promise<{ usage: number }>;
  send(
    method: 'Storage.clearDataForOrigin',
    parameters: { origin: string; storageTypes: 'indexeddb' },
  ): Promise<unknown>;
}
const { origin } = location;
const session = (): Session => cdp() as never;

/** Lets this origin have so many bytes more than it uses; its usual quota again when absent. */
async function setRoom(bytes?: number): Promise<void> {
  const { usage } = await session().send('Storage.getUsageAndQuota', { origin });
  // Zero would not count as a quota.
  const quotaSize = bytes === undefined ? undefined : Math.max(1, usage + bytes);
  await session().send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

export const fillStorage = (): Promise<void> => setRoom(0);
export const emptyStorage = (): Promise<void> => setRoom();

/** Deletes the databases of this origin, but those in buckets, as a player does in the settings of the browser. */
export async function clearSiteData(): Promise<void> {
  await session().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
}

/** Storage Buckets API, Chromium only. */
interface StorageBuckets {
  open(name: string): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}
const { storageBuckets } = navigator as unknown as { storageBuckets: StorageBuckets };
const BUCKET = 'small';

/** Takes the databases of the bucket away, as a browser does that clears the data of a site or loses its files. */
export const deleteBucket = (): Promise<void> => storageBuckets.delete(BUCKET);

/**
 * Puts the databases of a test file into a bucket that can be filled. Chromium remembers for half a minute
 * how much room it has granted to a bucket. A new one was granted nothing yet; it gets little, so that large
 * chunks make Chromium check again.
 */
export function useSmallBucket(): void {
  beforeEach(async () => {
    await setRoom(300_000);
    vi.stubGlobal('indexedDB', (await storageBuckets.open(BUCKET)).indexedDB);
  });
  afterEach(async () => {
    await emptyStorage();
    await deleteBucket();
    vi.unstubAllGlobals();
  });
}
