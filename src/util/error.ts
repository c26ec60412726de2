/** What went wrong, for code that wants to react; the message is for people. */
export type ErrorCode =
  | 'bad-spec'
  | 'bad-config'
  | 'bad-data'
  | 'unknown-action'
  | 'bad-observation'
  | 'spec-mismatch'
  | 'corrupt-file'
  | 'too-large'
  | 'wrong-version'
  | 'storage-full'
  | 'storage'
  | 'no-webgpu'
  | 'no-wasm'
  | 'worker-failed'
  | 'cancelled'
  | 'not-ready'
  | 'diverged';

/**
 * Every error this package throws on purpose. The message says what was wrong and, in its second
 * sentence, how to mend it.
 */
export class ForesightError extends Error {
  readonly code: ErrorCode;

  /**
   * @param code what went wrong, stable across versions
   * @param message one sentence on what was wrong, then one on the cure
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ForesightError';
    this.code = code;
  }
}
