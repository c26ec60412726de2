/** What docs/bundlers.md recommends to a game: nothing from elsewhere, no `eval`, no inline code or styles. */
export const STRICT_CSP = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // Phaser's own textures, and how it loads images.
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
