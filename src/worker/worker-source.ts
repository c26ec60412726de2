/**
 * The program of the worker, for a page that cannot start it from its file: its text in the package, which
 * the build puts here, and otherwise a program that imports the file, also from another origin.
 */
export async function readSource(): Promise<string> {
  const file = new URL(/* @vite-ignore */ './foresight.worker.js', import.meta.url);
  return `import ${JSON.stringify(file.href)};`;
}
