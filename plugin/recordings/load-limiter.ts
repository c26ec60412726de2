import { loadPart } from '../../src/util/load-part.ts';
import type { RecordingLimiter, RecordingLimiterOptions } from './recording-limiter.ts';
import type { RecordingLimits } from './recording-limits.ts';

type LoadOptions = Omit<RecordingLimiterOptions, 'limits'> & {
  readonly limits: Required<RecordingLimits> | false;
};

/** What holds recordings below their limits; null when all are kept. Rejects with `not-ready`. */
export async function loadLimiter({
  limits,
  ...options
}: LoadOptions): Promise<RecordingLimiter | null> {
  if (!limits) return null;
  const { RecordingLimiter: Limiter } = await loadPart(
    'What limits the recordings',
    () => import('./recording-limiter.ts'),
  );
  return new Limiter({ limits, ...options });
}
