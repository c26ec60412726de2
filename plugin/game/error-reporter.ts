import { emitSafely } from './emit-safely.ts';
import type { ErrorSource, ForesightEvents, TypedEmitter } from './events.ts';

/** Anything thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Reports errors without throwing them: each cause once, so that a game loop cannot flood the console. */
export class ErrorReporter {
  readonly #events: TypedEmitter<ForesightEvents>;
  readonly #seen = new Set<string>();

  constructor(events: TypedEmitter<ForesightEvents>) {
    this.#events = events;
  }

  /** Logs the error and emits `error`, unless the same cause was reported before. */
  once(source: ErrorSource, thrown: unknown, key?: string): void {
    const error = asError(thrown);
    // Numbers (ticks, values) change from one occurrence of a cause to the next.
    const cause = `${source} ${key ?? ''} ${error.message.replace(/-?\d+(\.\d+)?/g, '#')}`;
    if (this.#seen.has(cause)) return;
    this.#seen.add(cause);
    this.report(source, error, key);
  }

  /** Logs the error and emits `error`. Never throws. */
  report(source: ErrorSource, thrown: unknown, key?: string): void {
    const error = asError(thrown);
    console.error(`[foresight] ${key === undefined ? '' : `${key}: `}${error.message}`);
    emitSafely(this.#events, 'error', { error, source, key });
  }
}
