import type { ErrorCode } from '../util/error.ts';
import type { TaskName } from './tasks.ts';

/** What a thread is asked. */
export interface ThreadRequest {
  readonly id: number;
  readonly task: TaskName;
  readonly input: unknown;
}

/** What it answers: how far it is, any number of times, and then the outcome. */
export type ThreadReply =
  | {
      readonly id: number;
      readonly ok: null;
      /** Share of the task that is done, in (0, 1]. */
      readonly done: number;
    }
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      /** Null for any error but a ForesightError. */
      readonly code: ErrorCode | null;
      readonly message: string;
      readonly stack?: string;
    };
