/**
 * A static host: serves a folder below a sub-path, and nothing else, as a page of a larger site would be served. It
 * exists to show that the build works from any sub-path; it never leaves the folder, and listens on this machine alone.
 *
 *     node test/tools/run.mjs test/tools/serve.ts FOLDER PORT /SUB/PATH/
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Runs until it is stopped. */
export async function main([folder = 'dist', port = '8080', subPath = '/']: string[]): Promise<number> {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = path.startsWith(subPath) ? fileAt(root, path.slice(subPath.length)) : undefined;
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(Number(port), '127.0.0.1', listening));
  console.log(`http://127.0.0.1:${port}${subPath}`);
  await new Promise((closed) => server.once('close', closed));
  return 0;
}

function fileAt(root: string, path: string): string | undefined {
  const file = normalize(join(root, path === '' || path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(root + sep)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined;
}
