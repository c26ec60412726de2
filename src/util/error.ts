/** The kind of an error, for code that handles it; the message is for people. */
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
 * Every error that this package throws on purpose. The message describes the fault and, in its second
 * sentence, the fix.
 */
export class ForesightError extends Error {
  readonly code: ErrorCode;

  /**
   * @param code kind of the error, stable across versions
   * @param message one sentence on the fault, then one on the fix
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ForesightError';
    this.code = code;
  }
}

/** The message of anything thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
