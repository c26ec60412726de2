import type { ForesightError } from '../util/error.ts';

let warned = false;

/** Warns on the console, once, that prediction is slow, and why. */
export function warnOfSlowPrediction(refusal: ForesightError): void {
  if (warned) return;
  warned = true;
  const { cause } = refusal;
  const why = cause instanceof Error ? cause.message : refusal.message;
  console.warn(
    `phaser-foresight predicts in plain TypeScript, about 12 times slower than in WebAssembly, which cannot be used here (${why}). Allow wasm-unsafe-eval in the Content-Security-Policy, close other pages to free memory, or update the browser.`,
  );
}
