// Reads articles as readers do, with a mouse, with fingers, with keys, on paper: node tests/browser/article.mjs POSTILLA SITE
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core and axe-core
//   CHROMIUM=PATH     the browser
//   SCREENSHOTS=DIR   save pictures, and the page as printed, there
//   SCENES="a b"      only the scenes whose names hold one of these words
//
// The made-up archive beside this file has twenty notes in one paragraph, and marks wherever marks can be. SITE is the
// bundled archive, built; its links to sentences are followed, and its pages weighed.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { axe, Findings, openBrowser, serve } from './site.mjs';

const GAUGES = '/articles/gauges/';
const BUNDLED = ['/en/articles/bytedance-ai/', '/articles/bytedance-ia/'];
const [PHONE, TABLET, WIDE] = [400, 900, 1500];
const HEIGHT = 1000;
const SETTLED = 600; // ms after which a note has come, or gone
const WEIGHT = 60 * 1024; // bytes, packed, of a page with its style and scripts

const program = path.resolve(process.argv[2] ?? 'target/debug/postilla');
const site = path.resolve(process.argv[3] ?? 'public');
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const found = new Findings();

const work = await mkdtemp(path.join(tmpdir(), 'postilla-article-'));
execFileSync(program, ['build', '--root', path.join(here, 'archive'), '--output-dir', work, '--base-url', 'https://archive.example/', '--now', '2025-03-01', '--force'], { stdio: 'pipe' });
const servers = [await serve(work), await serve(site)];
const [made, bundled] = servers.map(({ origin }) => origin);
const browser = await openBrowser();
try {
  await scene('hover', hover, { width: TABLET });
  await scene('focus', focus, { width: TABLET });
  await scene('tap', tap, { width: PHONE, hasTouch: true, isMobile: true });
  await scene('keys', keys, { width: WIDE });
  await scene('keys on a phone', keys, { width: PHONE });
  await scene('order of tabs', tabs, { width: WIDE });
  await scene('margin', inMargin, { width: WIDE });
  await scene('filter', filter, { width: WIDE });
  await scene('filter without script', filter, { width: WIDE, javaScriptEnabled: false });
  await scene('without script', withoutScript, { width: PHONE, javaScriptEnabled: false });
  await scene('wishes', wishes, { width: WIDE });
  await scene('citations', citations, { width: WIDE });
  await scene('print', print, { width: WIDE });
  await scene('narrow', fits, { width: 320 });
  await scene('zoom', fits, { width: 640 / 2, deviceScaleFactor: 2 });
  for (const width of [PHONE, WIDE]) {
    for (const colorScheme of ['light', 'dark']) {
      await scene(`axe ${width} ${colorScheme}`, audit, { width, colorScheme });
      await scene(`axe bundled ${width} ${colorScheme}`, audit, { width, colorScheme }, bundled + BUNDLED[0]);
    }
    await scene(`no shift ${width}`, noShift, { width });
  }
  for (const address of [made + GAUGES, ...BUNDLED.map((address) => bundled + address)]) {
    await scene(`sentences of ${new URL(address).pathname}`, sentences, { width: WIDE }, address);
  }
  await scene('weight', weigh, { width: WIDE }, bundled + BUNDLED[0]);
} finally {
  await browser.close();
  servers.forEach((server) => server.close());
  await rm(work, { recursive: true, force: true });
}
found.close('articles as they are read');

// --- the scenes --------------------------------------------------------------------------------------------------

async function hover({ page, expect, picture }) {
  const bubble = page.locator('.bubble');
  const mark = page.locator('#q-heading a').first();
  await mark.scrollIntoViewIfNeeded();
  await mark.hover();
  await sleep(SETTLED);
  expect(await bubble.isVisible(), 'a note comes to the words under the pointer');
  expect((await bubble.innerText()).includes('It is said: heading.'), 'it is their note');
  expect((await page.locator('[id="heading"]').count()) === 1, 'the copy has no id');
  const [words, note] = [await mark.boundingBox(), await bubble.boundingBox()];
  expect(Math.abs(note.y - words.y - words.height) < 20 || Math.abs(note.y + note.height - words.y) < 20, `it stands at the words: ${words.y} ${note.y}`);
  await picture('hover');
  await page.mouse.move(note.x + 20, note.y + 20, { steps: 8 });
  await sleep(SETTLED);
  expect(await bubble.isVisible(), 'it stays while the pointer is in it');
  await page.keyboard.press('Escape');
  expect(!(await bubble.isVisible()), 'Esc closes it');
  await mark.hover();
  await sleep(SETTLED);
  await page.mouse.move(2, 2, { steps: 4 });
  await sleep(SETTLED);
  expect(!(await bubble.isVisible()), 'it goes when the pointer has gone');
  await page.locator('#q-linked').hover();
  await sleep(SETTLED);
  expect((await bubble.innerText()).includes('It is said: linked.'), 'words that are a link have their note too');
}

async function focus({ page, expect }) {
  const bubble = page.locator('.bubble');
  await page.locator('#q-heading a').first().focus();
  await page.keyboard.press('Tab');
  await sleep(SETTLED);
  expect(await bubble.isVisible(), 'a note comes to the words in focus');
  await page.keyboard.press('Escape');
  expect(!(await bubble.isVisible()), 'Esc closes it');
  expect(await page.evaluate(() => Boolean(document.activeElement.closest('.mark'))), 'the words keep the focus');
  const id = await page.evaluate(() => document.activeElement.getAttribute('aria-details'));
  await page.keyboard.press('Enter');
  expect((await page.evaluate(() => document.activeElement.id)) === id, 'Enter goes to the note');
  expect(await page.locator(`[id="${id}"]`).isVisible(), 'which is seen');
  await page.keyboard.press('Escape');
  expect((await page.evaluate(() => document.activeElement.getAttribute('aria-details'))) === id, 'Esc comes back to the words');
}

async function tap({ page, expect, picture }) {
  expect((await page.locator('.notes .note:visible').count()) === 0, 'no note stands between the paragraphs');
  await page.locator('#q-blocks a').first().tap();
  const note = page.locator('[id="blocks"]');
  expect(await note.isVisible(), 'a tap opens the note');
  expect((await page.locator('.notes .note:visible').count()) === 1, 'and no other');
  expect(!(await page.locator('.bubble').isVisible()), 'nothing lies over the text');
  const [words, below] = [await page.locator('#q-blocks').first().boundingBox(), await note.boundingBox()];
  expect(below.y >= words.y + words.height - 1, 'it stands under its paragraph');
  await picture('tap');
  await page.locator('#q-heading a').first().tap();
  expect(!(await note.isVisible()) && (await page.locator('[id="heading"]').isVisible()), 'another takes its place');
  await page.locator('#q-heading a').first().tap();
  expect((await page.locator('.notes .note:visible').count()) === 0, 'a second tap closes it');
  await page.locator('.num').first().tap();
  expect((await page.locator('.notes .note:visible').count()) === 1, 'the number opens the note of words that are a link');
}

async function keys({ page, expect, picture }) {
  const ids = await page.locator('.noted .note').evaluateAll((notes) => notes.map((note) => note.id));
  const focused = () => page.evaluate(() => document.activeElement.id);
  for (const id of ids) {
    await page.keyboard.press('n');
    expect((await focused()) === id, `n goes to ${id}: ${await focused()}`);
    expect(await page.locator(`[id="${id}"]`).isVisible(), `${id} is seen`);
  }
  await picture('keys');
  await page.keyboard.press('n');
  expect((await focused()) === ids.at(-1), 'after the last there is none');
  await page.keyboard.press('p');
  expect((await focused()) === ids.at(-2), 'p goes back');
  await page.keyboard.press('Escape');
  const back = await page.evaluate(() => document.activeElement.getAttribute('aria-details'));
  expect(back === ids.at(-2), `Esc comes back to the words: ${back}`);
  await page.keyboard.press('?');
  expect(await page.locator('.sheet kbd').first().isVisible(), '? shows the keys');
  await page.locator('.sheet input[type=checkbox]').uncheck();
  await page.keyboard.press('Escape');
  const before = await focused();
  await page.keyboard.press('n');
  expect((await focused()) === before, 'keys of one letter can be switched off');
}

async function tabs({ page, expect }) {
  const stops = await page.evaluate(() => [...document.querySelectorAll('.noted a, .noted summary')]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility())
    .map((element) => ({ mark: element.closest('.mark, .num') ? element.getAttribute('aria-details') : null, note: element.closest('.note')?.id ?? null })));
  const marks = stops.map(({ mark }) => mark).filter(Boolean);
  const notes = await page.locator('.noted .note').evaluateAll((found) => found.map(({ id }) => id));
  expect(new Set(marks).size === marks.length, 'a mark is one stop, in however many pieces');
  expect(notes.every((id) => marks.includes(id)), `every note has its words: ${notes.filter((id) => !marks.includes(id))}`);
  for (const id of notes) {
    const [at, then] = [stops.findIndex(({ mark }) => mark === id), stops.findIndex(({ note }) => note === id)];
    expect(at >= 0 && at < then, `the words of ${id} come before its note`);
  }
  const roles = await page.evaluate(() => [
    document.querySelectorAll('.noted .note:not([role=note])').length,
    document.querySelectorAll('[aria-details]:not([role=doc-noteref])').length,
  ]);
  expect(roles.every((count) => count === 0), `notes and references say what they are: ${roles}`);
}

async function inMargin({ page, expect, picture }) {
  const measure = () => page.evaluate(() => {
    const box = (element) => { const { left, right, top, bottom } = element.getBoundingClientRect(); return { id: element.id, left, right, top, bottom }; };
    const notes = [...document.querySelectorAll('.noted .note')].map(box);
    const marks = Object.fromEntries(notes.map(({ id }) => [id, document.getElementById(`q-${id}`)?.getClientRects()[0].top]));
    return { notes, marks, text: Math.max(...[...document.querySelectorAll('.block')].map((block) => block.getBoundingClientRect().right)) };
  });
  const look = async (when) => {
    const { notes, text } = await measure();
    expect(notes.every(({ left }) => left >= text - 1), `${when}: all notes stand in the margin`);
    notes.forEach((a, at) => notes.slice(at + 1).forEach((b) => expect(Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) <= 1, `${when}: #${a.id} and #${b.id} overlap`)));
  };
  await look('closed');
  const { notes, marks } = await measure();
  const dense = notes.filter(({ id }) => /^g\d+$/.test(id));
  expect(dense.length === 20, 'twenty notes stand at one paragraph');
  const { top } = notes.find(({ id }) => id === 'foot');
  expect(top >= marks.foot - 8, 'a note is not above its line');
  await picture('margin');
  for (const summary of await page.locator('[id="g3"] summary, [id="again"] summary').all()) await summary.click();
  await look('open');
  await page.locator('#q-g1 a').hover();
  await sleep(SETTLED);
  expect(!(await page.locator('.bubble').isVisible()), 'a note that is seen in the margin does not come a second time');
  expect(await page.locator('[id="g1"]').evaluate((note) => note.classList.contains('on')), 'it is lit');
}

async function filter({ page, expect, picture }) {
  const seen = (status) => page.evaluate((word) => {
    const note = document.querySelector(`.note.s-${word}`);
    const mark = document.querySelector(`.mark.s-${word}`);
    return [note.checkVisibility(), getComputedStyle(mark).textDecorationLine !== 'none', getComputedStyle(mark, '::after').display !== 'none'];
  }, status);
  for (const status of ['confirmed', 'refuted', 'unchecked']) {
    expect((await seen(status)).every(Boolean), `${status} is shown`);
    await page.locator(`.filter [value=${status}]`).uncheck();
    expect(!(await seen(status)).some(Boolean), `${status} is gone: ${await seen(status)}`);
    expect((await seen('disputed')).every(Boolean), 'others stay');
  }
  await picture('filter');
  await page.locator('.filter [value=refuted]').check();
  expect((await seen('refuted')).every(Boolean), 'and comes again');
}

async function withoutScript({ page, expect, picture }) {
  expect((await page.locator('.noted .note:visible').count()) === (await page.locator('.noted .note').count()), 'every note has its line');
  expect(!(await page.locator('.tool').isVisible()), 'no button that does nothing');
  await page.locator('#q-g1 a').click();
  expect(await page.locator('[id="g1"] summary').isVisible(), 'a mark opens its note');
  await picture('without-script');
}

async function wishes({ page, expect, address, picture }) {
  const look = () => page.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, document.querySelector('.block').clientWidth]);
  const [paper, measure] = await look();
  await page.locator('.tool').click();
  await picture('wishes');
  await page.locator('.sheet [value=dark]').check();
  await page.locator('.sheet [value=wide]').check();
  const chosen = await look();
  expect(chosen[0] !== paper && chosen[1] > measure, `they change the page: ${chosen}`);
  await page.keyboard.press('Escape');
  await page.goto(address);
  expect(String(await look()) === String(chosen), 'they are remembered');
  const early = await page.evaluate(() => document.querySelector('script[src$="early.js"]').compareDocumentPosition(document.body) & Node.DOCUMENT_POSITION_FOLLOWING);
  expect(early, 'and set before anything is drawn');
}

async function citations({ page, expect, picture }) {
  await page.locator('[id="g3"] summary').click();
  await page.locator('[id="g3"] .cite a').first().click();
  await page.locator('.sheet pre').first().waitFor();
  const texts = await page.locator('.sheet pre').allInnerTexts();
  await picture('cite');
  expect(texts.length === 3 && texts[0].startsWith('@misc{gauges-g3,') && texts[0].trim().endsWith('}'), `BibTeX of the one fact: ${texts[0]}`);
  expect(texts[1].startsWith('TY  - ELEC') && texts[1].includes('ID  - gauges-g3') && texts[1].trim().endsWith('ER  -'), `RIS of the one fact: ${texts[1]}`);
  const [item] = JSON.parse(texts[2]);
  expect(item.id === 'gauges-g3' && item.URL === 'https://archive.example/articles/gauges/#g3', 'CSL-JSON of the one fact');
  await page.locator('.sheet button').first().click();
  expect((await page.evaluate(() => getSelection().toString())).includes('gauges-g3'), 'it is ready to be copied');
  await page.keyboard.press('Escape');
  expect(!(await page.locator('.sheet pre').first().isVisible()), 'Esc closes it');
}

async function print({ page, expect, picture }) {
  const notes = await page.locator('.note').count();
  await page.emulateMedia({ media: 'print' });
  // What was folded is laid out in the next frame.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const seen = await page.evaluate(() => {
    const shown = [...document.querySelectorAll('.note')].filter((note) => note.querySelector('dl').checkVisibility() && note.querySelector('dl').getBoundingClientRect().height > 0);
    const last = Math.max(...[...document.querySelectorAll('.block')].map((block) => block.getBoundingClientRect().bottom));
    return {
      shown: shown.length,
      below: shown.filter((note) => note.getBoundingClientRect().top >= last - 1).length,
      address: getComputedStyle(document.querySelector('.note dd a[href^="https://survey"]'), '::after').content,
      navigation: document.querySelector('.top nav').checkVisibility() || document.querySelector('.tool').checkVisibility(),
    };
  });
  expect(seen.shown === notes, `all notes are printed, open: ${seen.shown} of ${notes}`);
  expect(seen.below === notes, `behind the text: ${seen.below}`);
  expect(seen.address.includes('https://survey.example/'), `with the addresses of their sources: ${seen.address}`);
  expect(!seen.navigation, 'without navigation');
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.length > 10_000, 'as a PDF');
  if (process.env.SCREENSHOTS) await writeFile(path.join(process.env.SCREENSHOTS, 'article.pdf'), pdf);
  await picture('print');
}

async function fits({ page, expect, picture }) {
  await page.locator('#q-g1 a').click();
  await page.locator('.tool').click();
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess <= 0, `nothing is too wide: ${excess}`);
  await picture('fits');
}

async function audit({ page, expect, where }) {
  await page.evaluate(await axe());
  const judge = async (when) => {
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) expect(false, `${where}, ${when}: ${id}: ${help}: ${nodes.map(({ html }) => html).join('; ').slice(0, 400)}`);
    expect(violations.length === 0, `${where}, ${when}`);
  };
  await judge('as it comes');
  await page.keyboard.press('n');
  await judge('with a note open');
  await page.keyboard.press('?');
  await judge('with its sheet open');
}

async function noShift({ page, expect, address }) {
  await page.addInitScript(() => {
    window.__shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { window.__shift += value; })).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address);
  await sleep(SETTLED);
  const shift = await page.evaluate(() => window.__shift);
  expect(shift < 0.01, `nothing moves while the page comes: ${shift}`);
}

/** A browser takes the directive away, and scrolls: without the mark's id only the words can have been found. */
async function sentences({ page, expect, address }) {
  const links = await page.locator('.note .links a[href^="#q-"]').evaluateAll((found) => found.map((link) => [link.closest('.note').id, link.getAttribute('href')]));
  expect(links.length === (await page.locator('.note a.n').count()), 'every note with a mark leads to its words');
  // A few words stand elsewhere too, with nothing around them to tell: there the mark's id must do.
  const found = links.filter(([, href]) => href.includes(':~:text='));
  expect(found.length >= links.length - 3, `nearly all by the words themselves: ${found.length} of ${links.length}`);
  for (const [id, href] of found) {
    const fresh = await page.context().newPage();
    await fresh.setViewportSize({ width: WIDE, height: 60 });
    await fresh.goto(`${address}#${href.slice(href.indexOf(':~:'))}`);
    const distance = await fresh.evaluate((mark) => new Promise((resolve) => {
      const distances = () => Math.min(...[...document.getElementById(mark).getClientRects()].map(({ top }) => Math.abs(top - innerHeight / 2)));
      const end = performance.now() + 1500;
      const ask = () => (distances() < 80 || performance.now() > end ? resolve(distances()) : setTimeout(ask, 20));
      ask();
    }), `q-${id}`);
    expect(distance < 80, `the words of ${id} are not found: ${distance} px off: ${href}`);
    await fresh.close();
  }
}

async function weigh({ page, expect, address }) {
  const sizes = [];
  page.on('response', async (response) => /\.(css|js)$|\/$/.test(new URL(response.url()).pathname) && sizes.push(gzipSync(await response.body()).length));
  await page.goto(address, { waitUntil: 'networkidle' });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(sizes.length === 5, `the page, a style sheet and three scripts: ${sizes}`);
  expect(total <= WEIGHT, `${total} bytes are more than ${WEIGHT}`);
  console.log(`   ${(await page.locator('.note').count())} facts weigh ${total} bytes: ${sizes}`);
}

// --- the stage ---------------------------------------------------------------------------------------------------

async function scene(name, play, { width, ...settings }, address = made + GAUGES) {
  const wanted = process.env.SCENES?.split(/\s+/).filter(Boolean);
  if (wanted && !wanted.some((word) => name.includes(word))) return;
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, ...settings });
  const expect = (holds, claim) => found.expect(holds, name, claim);
  try {
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && expect(false, `console: ${message.text()}`));
    page.on('pageerror', (error) => expect(false, `script error: ${error.message}`));
    await page.goto(address);
    await play({ page, expect, address, where: name, picture: (label) => takePicture(page, `${label}-${width}`) });
  } catch (error) {
    expect(false, error.stack);
  } finally {
    await context.close();
  }
}

async function takePicture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `article-${name}.png`) });
}
