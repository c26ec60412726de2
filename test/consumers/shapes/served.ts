import { join } from 'node:path';
import { serveFiles } from '../../e2e/serve-files.ts';
import type { Answer, ServeOptions } from '../../e2e/serve-files.ts';
import type { Served } from '../consumer.ts';
import type { Project } from '../harness/project.ts';

export interface ServeFolderOptions extends ServeOptions {
  /** What is served besides its files, by path. */
  readonly pages?: Readonly<Record<string, string | Answer>>;
  /** The page, within the folder. */
  readonly page?: string;
}

/** Serves a folder of a project as any web host would. */
export async function serveFolder(
  project: Project,
  folder: string,
  { pages = {}, page = 'index.html', headers }: ServeFolderOptions = {},
): Promise<Served> {
  const server = await serveFiles(join(project.dir, folder), pages, { headers });
  return { url: `${server.url}/${page}`, close: () => server.close() };
}

/** Starts a development server that prints its address. */
export async function serveByTool(
  project: Project,
  script: string,
  args: readonly string[],
): Promise<Served> {
  const { found, stop } = await project.start(script, args, /(http:\/\/[\w.]+:\d+\/?)/);
  return { url: found, close: stop };
}
