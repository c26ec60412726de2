let warned = false;

/**
 * Warns on the console, once, that prediction is slow.
 *
 * @param why WebAssembly cannot be used
 */
export function warnOfSlowPrediction(why: string): void {
  if (warned) return;
  warned = true;
  console.warn(
    `phaser-foresight predicts in plain TypeScript, about 12 times slower than in WebAssembly, which cannot be used here (${why}). Allow wasm-unsafe-eval in the Content-Security-Policy, close other pages to free memory, or update the browser.`,
  );
}
