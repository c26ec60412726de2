/**
 * The kernels for WebGPU, for a worker that cannot import their file: its text in the package, which the
 * build puts here, and otherwise a program that imports the file.
 */
export const SOURCE = `export * from ${JSON.stringify(
  new URL(/* @vite-ignore */ './foresight.webgpu.js', import.meta.url).href,
)};`;
