// What the browser's judges share: a built site's files, a server for them, one page of each kind, a browser, complaints.

import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
const PACKED = new Set(['.html', '.css', '.js', '.mjs', '.json', '.xml', '.txt', '.svg', '.wasm']);

export const require = createRequire(path.join(path.resolve(process.env.TEST_TOOLS ?? 'target/test-tools'), 'package.json'));

/** The source of axe, to be run inside a page. */
export const axe = () => readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A browser that asks nobody but the page's own server. */
export function openBrowser(...more) {
  const args = ['--no-sandbox', '--disable-background-networking', ...more];
  return require('playwright-core').chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args });
}

/** Serves a folder on the loopback as a static host would, packed; `sent` hears of each answer. */
export async function serve(root, sent = () => {}) {
  const answer = async (request, response) => {
    const file = await fileAt(root, new URL(request.url, 'http://site').pathname);
    if (!file) {
      // Browsers ask for a favicon by themselves.
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const kind = path.extname(file);
    const headers = { 'content-type': TYPES[kind] ?? 'application/octet-stream', 'cache-control': 'max-age=3600' };
    let body = await readFile(file);
    if (PACKED.has(kind) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      body = gzipSync(body);
      headers['content-encoding'] = 'gzip';
    }
    sent({ path: request.url, kind, bytes: body.length });
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  };
  const server = await new Promise((ready) => {
    const listening = createServer(answer).listen(0, '127.0.0.1', () => ready(listening));
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** The addresses of all pages. */
export async function allPages(root) {
  const names = await readdir(root, { recursive: true });
  const pages = names.map((name) => name.split(path.sep).join('/')).filter((name) => name.endsWith('.html'));
  return pages.map((name) => `/${name}`.replace(/\/index\.html$/, '/')).sort();
}

/** The largest page of each kind, by the class of its body: it has the most that can be wrong. */
export async function pagesByKind(root) {
  const largest = new Map();
  for (const address of await allPages(root)) {
    const html = await readFile(await fileAt(root, address), 'utf8');
    const kind = /<body[^>]*\bclass="(?:[^"]*\s)?p-([\w-]+)/.exec(html)?.[1];
    if (kind && html.length > (largest.get(kind)?.size ?? 0)) largest.set(kind, { kind, address, size: html.length });
  }
  return [...largest.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** The file that answers an address, or nothing; never one outside the folder. */
export async function fileAt(root, address) {
  const file = path.join(root, path.normalize(decodeURIComponent(address)));
  if (file !== root && !file.startsWith(root + path.sep)) return undefined;
  const target = address.endsWith('/') ? path.join(file, 'index.html') : file;
  return (await stat(target).catch(() => undefined))?.isFile() ? target : undefined;
}

/** Measured inside a page: how far it is wider than its window, and what sticks out. Sees nothing of this file. */
export function measureWidth() {
  const root = document.documentElement;
  const client = root.clientWidth;
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > client + 1);
  const names = wide.slice(0, 5).map((element) => element.tagName.toLowerCase() + (element.className ? `.${element.className}` : ''));
  return { scroll: Math.max(root.scrollWidth, document.body.scrollWidth), client, widest: names.join(', ') };
}

/** Complaints, counted and told at the end. */
export class Findings {
  #faults = [];
  #asserted = 0;

  expect = (holds, where, complaint) => {
    this.#asserted += 1;
    if (!holds) this.#faults.push(`${where}: ${complaint}`);
    return holds;
  };

  /** Says what was found; the exit code is 1 when anything was. */
  close(what) {
    for (const fault of this.#faults) console.error(`   ${fault}`);
    console.log(`   ${what}: ${this.#asserted} checks, ${this.#faults.length} faults`);
    process.exitCode = this.#faults.length > 0 ? 1 : 0;
  }
}
