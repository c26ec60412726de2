import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export interface FileServer {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeFilesOptions {
  /** Text by path, instead of a file. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Sent with every answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves the files of a folder as they are. */
export async function serveFiles(
  root: string,
  { pages = {}, headers = {} }: ServeFilesOptions = {},
): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url!, 'http://localhost').pathname);
    const body = pages[path] ?? (await readFile(join(root, path)).catch(() => undefined));
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, { ...headers, 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
