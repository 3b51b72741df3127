// Takes pictures of each kind of page, in each language that has one, light and dark, narrow and wide:
// node tests/browser/pictures.mjs SITE OUT
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core
//   CHROMIUM=PATH     the browser
//   FULL_PAGE=1       the whole height of each page

import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { allPages, fileAt, openBrowser, serve } from './site.mjs';

const SCHEMES = ['light', 'dark'];
const WIDTHS = [400, 1500];
const HEIGHT = 1000;

const [site, out] = [path.resolve(process.argv[2] ?? 'public'), path.resolve(process.argv[3] ?? 'target/pictures')];
await mkdir(out, { recursive: true });
const pages = await largestPages();
const server = await serve(site);
const browser = await openBrowser();
let taken = 0;
try {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme });
      const page = await context.newPage();
      for (const { name, address } of pages) {
        await page.goto(server.origin + address, { waitUntil: 'load' });
        await page.screenshot({ path: path.join(out, `${name}-${colorScheme}-${width}.png`), fullPage: process.env.FULL_PAGE === '1' });
        taken += 1;
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`   ${taken} pictures of ${pages.length} pages in ${out}`);

/** The largest page of each kind in each language. */
async function largestPages() {
  const largest = new Map();
  for (const address of await allPages(site)) {
    const html = await readFile(await fileAt(site, address), 'utf8');
    const kind = /<body[^>]*\bclass="(?:[^"]*\s)?p-([\w-]+)/.exec(html)?.[1];
    const lang = /<html[^>]*\blang="([\w-]+)"/.exec(html)?.[1];
    const name = `${kind}-${lang}`;
    if (kind && html.length > (largest.get(name)?.size ?? 0)) largest.set(name, { name, address, size: html.length });
  }
  return [...largest.values()];
}
