import type { ForesightEvents, TypedEmitter } from './events.ts';

/**
 * Emits an event from work that is not awaited. An error of a listener goes to the console: it must not
 * stop a training, or the writing of recordings.
 */
export function emitSafely<K extends keyof ForesightEvents & string>(
  events: TypedEmitter<ForesightEvents>,
  event: K,
  payload: ForesightEvents[K],
): void {
  try {
    events.emit(event, payload);
  } catch (thrown) {
    console.error(`[foresight] A listener of "${event}" failed:`, thrown);
  }
}
