import { ForesightError } from '../util/error.ts';
import type { WireError } from './protocol.ts';

/** An error as it is sent to the client. Any error but a ForesightError becomes `worker-failed`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof ForesightError) return { code: error.code, message: error.message };
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'worker-failed',
    message: `The worker stopped with an unexpected error (${what}). Try again, and report it if it happens again.`,
  };
}
