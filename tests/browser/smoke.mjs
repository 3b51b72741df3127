// Looks at a built site in a real browser: node tests/browser/smoke.mjs SITE
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core
//   CHROMIUM=PATH     the browser
//   SCREENSHOTS=DIR   save each page at each width there; FULL_PAGE=1 for the whole height
//   PAGES="/ /a/"     the pages to look at, instead of a choice from the site
//   SCHEME=dark       the reader's colour scheme

import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileAt, Findings, measureWidth, openBrowser, serve } from './site.mjs';

const SELECTORS = {
  mark: 'mark a[href^="#"]', // the words of a fact, linking to their note
  note: '.note', // a fact's note
  block: 'p, li, blockquote, td, th, dd, figcaption, h2, h3, h4', // what a mark's words stand in
  policy: 'meta[http-equiv="Content-Security-Policy" i]',
};

const WIDTHS = [400, 900, 1500];
const WIDE = 1500;
const NARROW = 400;
const HEIGHT = 1000;

const found = new Findings();
const { expect } = found;
const site = path.resolve(process.argv[2] ?? 'public');

const articles = await annotatedArticles();
const pages = process.env.PAGES ? process.env.PAGES.split(/\s+/).filter(Boolean) : await choosePages();
const server = await serve(site);
const { origin } = server;
const browser = await openBrowser();
try {
  expect(articles.length > 0, 'the site', `has no article with a mark (${SELECTORS.mark})`);
  for (const page of new Set([...articles, ...pages])) {
    for (const width of WIDTHS) await look(page, width);
  }
  for (const page of articles) await lookWithoutScript(page);
} finally {
  await browser.close();
  server.close();
}
found.close(`${articles.length} articles and ${pages.length} other pages at ${WIDTHS.join(', ')} px`);

// --- what is looked at -------------------------------------------------------------------------------------------

async function look(address, width) {
  const where = `${address} at ${width} px`;
  const context = await newContext(width, true);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && fault(where, `console: ${message.text()}`));
  page.on('pageerror', (error) => fault(where, `script error: ${error.message}`));
  page.on('request', (request) => {
    const own = request.url().startsWith(`${origin}/`) || /^(data|blob|about):/.test(request.url());
    if (!own) fault(where, `asks another origin: ${request.url()}`);
  });
  page.on('response', (response) => response.status() >= 400 && fault(where, `${response.status()}: ${response.url()}`));
  await page.goto(origin + address, { waitUntil: 'load' });

  const { scroll, client, widest } = await page.evaluate(measureWidth);
  expect(scroll <= client, where, `is ${scroll - client} px too wide: ${widest}`);
  expect(await page.locator(SELECTORS.policy).count(), where, 'has no Content-Security-Policy');
  if (articles.includes(address)) await lookAtNotes(page, where, width);
  await takePicture(page, address, width);
  await context.close();
}

async function lookAtNotes(page, where, width) {
  const { marks, notes } = await page.evaluate(measureNotes, SELECTORS);
  expect(notes.length, where, `has no note (${SELECTORS.note})`);
  for (const { id, note, block } of marks) {
    expect(note, where, `mark #${id} links to nothing`);
    if (!note) continue;
    // Below, a note waits for its mark: article.mjs opens it.
    if (width !== WIDE) continue;
    expect(note.width > 0 && note.height > 0, where, `note #${id} cannot be seen`);
    expect(note.left >= block.right - 1, where, `note #${id} is not right of the text: ${note.left} < ${block.right}`);
  }
  if (width === WIDE) {
    for (const [a, b] of overlaps(notes)) fault(where, `notes #${a.id} and #${b.id} overlap`);
  }
}

async function lookWithoutScript(address) {
  for (const width of [NARROW, WIDE]) {
    const where = `${address} at ${width} px without scripts`;
    const context = await newContext(width, false);
    const page = await context.newPage();
    await page.goto(origin + address, { waitUntil: 'load' });
    const { marks } = await page.evaluate(measureNotes, SELECTORS);
    const hidden = await page.evaluate(findHidden, SELECTORS);
    expect(hidden.blocks === 0, where, `hides ${hidden.blocks} blocks of text`);
    expect(hidden.notes === 0, where, `hides ${hidden.notes} notes`);
    for (const { id, note, block } of marks) {
      expect(note, where, `mark #${id} links to nothing`);
      if (note && width === NARROW) expect(note.top >= block.bottom - 1, where, `note #${id} is not below its words: ${note.top} < ${block.bottom}`);
    }
    await context.close();
  }
}

// --- measured inside the page: these functions see nothing of this file --------------------------------------------

function measureNotes(selectors) {
  const box = (element) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    return { id: element.id, left, right, top: top + scrollY, bottom: bottom + scrollY, width, height };
  };
  const first = new Map();
  for (const link of document.querySelectorAll(selectors.mark)) {
    const id = decodeURIComponent(link.getAttribute('href').slice(1));
    if (!first.has(id)) first.set(id, link);
  }
  const marks = [...first].map(([id, link]) => {
    const note = document.getElementById(id);
    return { id, note: note && box(note), block: box(link.closest(selectors.block) ?? link) };
  });
  return { marks, notes: [...document.querySelectorAll(selectors.note)].map(box) };
}

function findHidden(selectors) {
  const hidden = (element) => !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.offsetHeight === 0;
  const blocks = [...document.querySelectorAll(selectors.mark)].map((link) => link.closest(selectors.block) ?? link);
  return { blocks: blocks.filter(hidden).length, notes: [...document.querySelectorAll(selectors.note)].filter(hidden).length };
}

// --- tools ---------------------------------------------------------------------------------------------------------

function fault(where, complaint) {
  expect(false, where, complaint);
}

function overlaps(notes) {
  const shown = notes.filter((note) => note.width > 0 && note.height > 0);
  const cross = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return shown.flatMap((a, at) => shown.slice(at + 1).filter((b) => cross(a, b)).map((b) => [a, b]));
}

function newContext(width, javaScriptEnabled) {
  const colorScheme = process.env.SCHEME === 'dark' ? 'dark' : 'light';
  return browser.newContext({ viewport: { width, height: HEIGHT }, javaScriptEnabled, colorScheme });
}

async function takePicture(page, address, width) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const name = address.replace(/^\/|\/$|\.html$/g, '').replaceAll('/', '-') || 'home';
  await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: process.env.FULL_PAGE === '1' });
}

/** Addresses of the articles that hold marks, four at most. */
async function annotatedArticles() {
  const found = [];
  for (const address of [...(await addressesBelow('articles')), ...(await addressesBelow('en/articles'))]) {
    if (found.length === 4) break;
    const html = await readFile(path.join(site, address, 'index.html'), 'utf8');
    if (/<mark\b/.test(html)) found.push(address);
  }
  return found;
}

/** One page of each sort that the site has. */
async function choosePages() {
  const entities = await addressesBelow('entities');
  const largest = await largestOf(entities);
  const sorts = ['/', '/articles/', '/entities/', largest, '/timeline/', '/coverage/', '/corrections/', '/404.html'];
  if (largest) sorts.push('/en/', `/en${largest}`);
  const sample = async (folder) => (await addressesBelow(folder))[0];
  sorts.push(await sample('properties'), await sample('sources'), await sample('pages'));
  const present = await Promise.all(sorts.map(async (address) => address && (await fileAt(site, address)) && address));
  return present.filter(Boolean);
}

async function addressesBelow(folder) {
  const names = await readdir(path.join(site, folder), { recursive: true }).catch(() => []);
  return names
    .filter((name) => path.basename(name) === 'index.html' && name !== 'index.html')
    .map((name) => `/${folder}/${path.dirname(name).split(path.sep).join('/')}/`)
    .sort();
}

async function largestOf(addresses) {
  const sized = await Promise.all(addresses.map(async (address) => [(await stat(path.join(site, address, 'index.html'))).size, address]));
  return sized.sort((a, b) => b[0] - a[0])[0]?.[1];
}
