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

/** What to answer instead of a file. */
export interface Answer {
  readonly status?: number;
  /** Content type; that of the path when absent. */
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServeOptions {
  /** Sent with every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called with each file that was asked for: its path, and what it holds. */
  readonly onFile?: (path: string, bytes: Buffer) => void;
}

/** Serves the files of a folder as they are, and `pages` (by path) besides them or in their place. */
export async function serveFiles(
  root: string,
  pages: Readonly<Record<string, string | Answer>>,
  { headers = {}, onFile }: ServeOptions = {},
): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url!, 'http://localhost').pathname);
    const page = pages[path];
    const answer: Answer = typeof page === 'string' ? { body: page } : (page ?? {});
    const file = page === undefined ? await readFile(join(root, path)).catch(() => null) : null;
    if (file) onFile?.(path, file);
    const missing = page === undefined && file === null;
    response.writeHead(answer.status ?? (missing ? 404 : 200), {
      'content-type': answer.type ?? TYPES[extname(path)] ?? 'application/octet-stream',
      // As CDNs do.
      'access-control-allow-origin': '*',
      ...headers,
      ...answer.headers,
    });
    response.end(answer.body ?? file);
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
