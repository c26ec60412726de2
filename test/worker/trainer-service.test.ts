import { releaseProxy } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TrainingProgress } from '../../src/train/progress.ts';
import { TrainerService } from '../../src/worker/trainer-service.ts';
import { ENDLESS, request } from '../browser/worker/fixtures/duel.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

type Report = TrainingProgress | null;
type OnProgress = Parameters<TrainerService['train']>[1];

/** A page's callback as comlink gives it to the worker. */
function listener(onReport: (report: Report) => void): OnProgress {
  const listen = async (report: Report): Promise<void> => onReport(report);
  return Object.assign(listen, { [releaseProxy]: () => {} }) as unknown as OnProgress;
}

it('shows that a training has not stopped, also while it is paused, until it ends', async () => {
  const service = new TrainerService({
    importWebgpu: () => Promise.reject(new Error('not asked for')),
    importReader: () => Promise.reject(new Error('not asked for')),
    servesPage: false,
  });
  const reports: TrainingProgress[] = [];
  let signs = 0;
  const run = service.train(
    request(ENDLESS),
    listener((report) => (report ? reports.push(report) : signs++)),
  );
  const reported = async (): Promise<void> => {
    const before = reports.length;
    await vi.waitUntil(() => reports.length > before, { timeout: 60_000 });
  };
  await reported();
  await service.control('pause');
  for (let count = 1; count <= 3; count++) {
    vi.advanceTimersByTime(1000);
    expect(signs).toBe(count);
  }
  await service.control('resume');
  await reported();
  vi.advanceTimersByTime(1000);
  expect(signs).toBe(4);
  await service.control('cancel');
  expect(await run).toMatchObject({ ok: true, cancelled: true });
  expect(vi.getTimerCount()).toBe(0);
});
