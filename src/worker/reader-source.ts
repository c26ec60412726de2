/**
 * What reads files, for a worker that cannot import it: its text in the package, which the build puts here, and
 * otherwise a program that imports the file.
 */
export async function readSource(): Promise<string> {
  const file = new URL(/* @vite-ignore */ './foresight.reader.js', import.meta.url);
  return `import ${JSON.stringify(file.href)};`;
}
