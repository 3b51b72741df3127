// Edits a copy of the bundled archive while real tabs show it: node tests/browser/live.mjs POSTILLA
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core and axe-core
//   CHROMIUM=PATH     the browser
//   SCREENSHOTS=DIR   save pictures of the overlay there
//   SCENES="a b"      only the scenes whose names hold one of these words

import { spawn, execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { axe, Findings, openBrowser } from './site.mjs';

const ARTICLE = '/articles/bytedance-ia/';
const SIDECAR = 'content/articles/2025/bytedance-ia.facts.toml';
const BODY = 'content/articles/2025/bytedance-ia.md';
const ENTITY = '/entities/alibaba/'; // of the fact below
const UNRELATED = '/entities/tpu/'; // shows neither this fact nor its article's title
const ID = 'id = "hires-alibaba"';
const CLAIM = 'Negli ultimi mesi ByteDance ha sottratto i migliori ingegneri e ricercatori di IA ad Alibaba.';
const LAST = 'Schede: [[bytedance]]'; // the article's last words
const BEFORE_ANY_REVIEW = '2025-01-20'; // no fact of the archive is overdue, and the archive is without findings

const OVERLAY = 'postilla-findings';
const PANEL = `${OVERLAY} section`;
const BADGE = `${OVERLAY} .badge`;

const NARROW = 400;
const WIDE = 1500;
const HEIGHT = 1000;
const CONTRAST = 4.5;
const PATIENCE = 20_000; // for what must come
const SETTLED = 600; // ms in which whatever must not come would have come

const GONE = /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_NETWORK|ERR_CONTENT_LENGTH/;
const NOT_FOUND = /status of 404/;

const program = path.resolve(process.argv[2] ?? 'target/debug/postilla');
const bundled = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const found = new Findings();
const { expect } = found;
let played = 0;

const work = await mkdtemp(path.join(tmpdir(), 'postilla-live-'));
const browser = await openBrowser();
try {
  await scene('an edited fact', editFact);
  await scene('an edited fact below a base path', editFact, ['--base-url', 'https://archive.example/some/where/']);
  await scene('an edited text', editText);
  await scene('an error', breakAndMend);
  await scene('a syntax error', breakSyntax);
  await scene('a closed overlay', closeAndReopen);
  await scene('places are copied', copyPlaces);
  await scene('warnings', warn);
  await scene('hostile words', sayHtml);
  await scene('a stylesheet', swapStyles);
  await scene('a renamed article', renameArticle);
  await scene('a failing template', failTemplate);
  await scene('a hidden tab', hideTab);
  await scene('a server that comes back', restart);
  await scene('an archive that begins broken', beginBroken);
  await scene('without reload', withoutReload, ['--no-reload']);
  await scene('the look of the overlay', lookAtOverlay);
} finally {
  await browser.close();
  await rm(work, { recursive: true, force: true });
}
found.close(`${played} scenes of edits`);

// --- the scenes --------------------------------------------------------------------------------------------------

async function editFact(stage) {
  const [article, entity, unrelated] = [await stage.open(ARTICLE), await stage.open(ENTITY), await stage.open(UNRELATED)];
  await stage.edit(SIDECAR, CLAIM, 'Sono andati via per la paga.');
  await stage.until(() => shows(article, 'Sono andati via per la paga.'), 'the article shows the new claim');
  await stage.until(() => shows(entity, 'Sono andati via per la paga.'), "the fact's entity shows the new claim");
  stage.expect(!(await shows(article, CLAIM)), 'the old claim is gone');
  await sleep(SETTLED);
  stage.expect(!(await isUntouched(article)) && !(await isUntouched(entity)), 'both were reloaded');
  stage.expect(await isUntouched(unrelated), 'the unrelated tab was left alone');
}

async function editText(stage) {
  const article = await stage.open(`${ARTICLE}#${encodeURIComponent('hires-alibaba')}`);
  await article.evaluate(() => scrollTo(0, 1500));
  const before = await article.evaluate(() => scrollY);
  stage.expect(before === 1500, `the article is long enough to scroll: ${before}`);
  // Further down than the window, so that nothing above moves.
  await stage.edit(BODY, LAST, 'Vedi anche: [[bytedance]]');
  await stage.until(() => shows(article, 'Vedi anche:'), 'the article shows the new words');
  await stage.until(async () => Math.abs((await article.evaluate(() => scrollY)) - before) <= 1, 'the tab stays where it was scrolled to');
  await sleep(SETTLED);
  const after = await article.evaluate(() => scrollY);
  stage.expect(Math.abs(after - before) <= 1, `it stays there: ${before} → ${after}`);
}

async function breakAndMend(stage) {
  const [article, unrelated] = [await stage.open(ARTICLE), await stage.open(UNRELATED)];
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"`);
  const place = await stage.placeOfError();
  stage.expect(place === `${SIDECAR}:${(await stage.lineOf(SIDECAR, 'colour = "red"'))}:1`, `the report names the line: ${place}`);
  for (const tab of [article, unrelated]) {
    await stage.until(() => tab.locator(PANEL).isVisible(), 'the overlay comes');
    stage.expect((await tab.locator(PANEL).innerText()).includes(place), `the overlay names ${place}`);
    stage.expect((await tab.locator(PANEL).innerText()).includes('colour'), 'the overlay says what is wrong');
    stage.expect(await tab.locator('h1').isVisible(), 'the page stays beneath');
    stage.expect(await isUntouched(tab), 'the page is not reloaded');
  }
  stage.expect(await shows(article, CLAIM), 'the old words stay');
  await stage.edit(SIDECAR, '\ncolour = "red"', '');
  for (const tab of [article, unrelated]) {
    await stage.until(async () => (await tab.locator(OVERLAY).count()) === 0, 'the overlay goes by itself');
    stage.expect(await isUntouched(tab), 'mended to what it was, the page is not reloaded');
  }
}

async function breakSyntax(stage) {
  const article = await stage.open(ARTICLE);
  await stage.edit(SIDECAR, `${ID}\nkind = "relation"`, `${ID}\nkind = relation"`);
  const place = await stage.placeOfError();
  const line = await stage.lineOf(SIDECAR, 'kind = relation"');
  stage.expect(place.startsWith(`${SIDECAR}:${line}:`), `the report names the line: ${place}`);
  await stage.until(() => article.locator(PANEL).isVisible(), 'the overlay comes');
  stage.expect((await article.locator(`${PANEL} .place`).first().innerText()) === place, `the overlay names ${place}`);
  // Mended with other words: the page must follow.
  await stage.edit(SIDECAR, 'kind = relation"', 'kind = "relation"');
  await stage.until(async () => (await article.locator(OVERLAY).count()) === 0, 'the overlay goes by itself');
  stage.expect(await isUntouched(article), 'the page is not reloaded');
  await stage.edit(SIDECAR, CLAIM, 'Sono andati via per la paga.');
  await stage.until(() => shows(article, 'Sono andati via per la paga.'), 'the tab follows again');
}

async function closeAndReopen(stage) {
  const article = await stage.open(ARTICLE);
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"`);
  await stage.until(() => article.locator(PANEL).isVisible(), 'the overlay comes');
  await article.keyboard.press('Escape');
  stage.expect(!(await article.locator(PANEL).isVisible()), 'Esc closes it');
  stage.expect((await article.locator(BADGE).innerText()) === '1 error', 'a badge stays');
  await article.reload();
  await stage.until(() => article.locator(BADGE).isVisible(), 'after a reload the badge is there');
  stage.expect(!(await article.locator(PANEL).isVisible()), 'what was closed stays closed over a reload');
  await article.locator(BADGE).click();
  stage.expect(await article.locator(PANEL).isVisible(), 'the badge opens it');
  await article.getByRole('button', { name: 'Close' }).click();
  stage.expect(!(await article.locator(PANEL).isVisible()), 'the button closes it');
  const focus = await article.evaluate((name) => document.querySelector(name).shadowRoot.activeElement?.textContent, OVERLAY);
  stage.expect(focus === '1 error', `the focus goes to the badge: ${focus}`);
  await stage.edit(SIDECAR, 'colour = "red"', 'color = "red"');
  await stage.until(() => article.locator(PANEL).isVisible(), 'new findings bring it back');
  stage.expect((await article.locator(PANEL).innerText()).includes('`color`'), 'it says the new ones');
}

async function copyPlaces(stage) {
  const allowed = await stage.context();
  await allowed.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(stage.url).origin });
  const denied = await stage.context();
  await denied.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const mute = await stage.context();
  await mute.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => { throw new DOMException('not allowed', 'NotAllowedError'); };
  });
  const [reader, other, third] = [await stage.open(ARTICLE, allowed), await stage.open(ARTICLE, denied), await stage.open(ARTICLE, mute)];
  const clipboard = () => reader.evaluate(() => navigator.clipboard.readText());
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"`);
  const place = await stage.placeOfError();
  for (const tab of [reader, other, third]) await stage.until(() => tab.locator(PANEL).isVisible(), 'the overlay comes');

  await reader.bringToFront();
  await reader.locator(`${PANEL} .place`).first().click();
  await stage.until(async () => (await status(reader)) === 'copied', 'it says that it copied');
  stage.expect((await clipboard()) === place, `the place is on the clipboard: ${await clipboard()}`);
  await reader.evaluate(() => navigator.clipboard.writeText('something else'));

  await other.bringToFront();
  await other.locator(`${PANEL} .place`).first().click();
  await stage.until(async () => (await status(other)) === 'copied', 'without the permission it copies the old way');
  stage.expect((await other.locator(`${PANEL} textarea`).count()) === 0, 'the field for it is gone');
  await reader.bringToFront();
  stage.expect((await clipboard()) === place, `the old way puts the place there too: ${await clipboard()}`);

  await third.bringToFront();
  await third.locator(`${PANEL} .place`).first().click();
  await stage.until(async () => (await status(third)) === 'not copied', 'where nothing can be copied it says so');
  stage.expect((await third.locator(`${PANEL} textarea`).count()) === 0, 'and the field for it is gone');
}

async function warn(stage) {
  const article = await stage.open(ARTICLE);
  await stage.write('content/notes.txt', 'Read by nobody.\n');
  await stage.until(() => article.locator(BADGE).isVisible(), 'the badge comes');
  stage.expect((await article.locator(BADGE).innerText()) === '1 warning', 'the badge counts');
  stage.expect(!(await article.locator(PANEL).isVisible()), 'no overlay for a warning');
  stage.expect(await isUntouched(article), 'the page is not reloaded');
  await article.locator(BADGE).click();
  stage.expect((await article.locator(PANEL).innerText()).includes('content/notes.txt'), 'the badge opens what was found');
  await stage.remove('content/notes.txt');
  await stage.until(async () => (await article.locator(OVERLAY).count()) === 0, 'the badge goes by itself');
}

async function sayHtml(stage) {
  const image = '<img src=x onerror=\\"window.__ran = 1\\">';
  const shown = '<img src=x onerror="window.__ran = 1">';
  const article = await stage.open(ARTICLE);
  await stage.edit(SIDECAR, ID, `id = "${image}"\n"<script>window.__ran = 1</script>" = "</script><b>bold</b>"`);
  await stage.until(() => article.locator(PANEL).isVisible(), 'the overlay comes');
  const text = await article.locator(PANEL).innerText();
  stage.expect(text.includes('<script>window.__ran = 1</script>'), 'a key is shown as text');
  stage.expect(text.includes(shown), 'an id is shown as text');
  await stage.expectNoMarkup(article);

  // And where it is no error: in the words of a page.
  await stage.edit(SIDECAR, `id = "${image}"\n"<script>window.__ran = 1</script>" = "</script><b>bold</b>"`, ID);
  await stage.edit(SIDECAR, CLAIM, `</script>${image}`);
  await stage.until(() => shows(article, `</script>${shown}`), 'a claim is shown as text');
  await stage.expectNoMarkup(article);

  await stage.write('content/<img src=x onerror=window.__ran=1>.txt', 'Read by nobody.\n');
  await stage.until(() => article.locator(BADGE).isVisible(), 'the badge comes');
  await article.locator(BADGE).click();
  stage.expect((await article.locator(PANEL).innerText()).includes('<img src=x onerror=window.__ran=1>.txt'), "a file's name is shown as text");
  await stage.expectNoMarkup(article);
}

async function swapStyles(stage) {
  const style = 'templates/assets/postilla.css';
  const article = await stage.open(ARTICLE);
  const colour = () => article.evaluate(() => getComputedStyle(document.querySelector('h1')).color);
  await article.evaluate(() => scrollTo(0, 1200));
  // The folder comes into being while the server runs.
  await mkdir(path.join(stage.archive, 'templates/assets'), { recursive: true });
  await cp(path.join(bundled, style), path.join(stage.archive, style));
  for (const wanted of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)', 'rgb(7, 8, 9)']) {
    const text = await readFile(path.join(bundled, style), 'utf8');
    await stage.write(style, `${text}\nh1 { color: ${wanted} !important; }\n`);
    await stage.until(async () => (await colour()) === wanted, `the heading is ${wanted}`);
  }
  await sleep(SETTLED);
  stage.expect(await isUntouched(article), 'the page is not reloaded');
  stage.expect((await article.locator('link[rel~="stylesheet"]').count()) === 1, 'the old stylesheets are gone');
  stage.expect((await article.evaluate(() => scrollY)) === 1200, 'the tab stays where it was scrolled to');
  // What the tab swapped is what the next page has as well.
  await article.reload();
  stage.expect((await colour()) === 'rgb(7, 8, 9)', 'a reload shows the same');
}

async function renameArticle(stage) {
  stage.tolerate(NOT_FOUND);
  const address = '/en/articles/bytedance-ai/'; // to which nothing refers
  const title = 'ByteDance bets on AI';
  const move = async (from, to) => {
    // For a moment the sidecar has no article.
    for (const ending of ['md', 'facts.toml']) await rename(...[from, to].map((name) => path.join(stage.archive, `content/articles/2025/${name}.${ending}`)));
  };
  const article = await stage.open(address);
  await move('bytedance-ai', 'wager');
  await stage.until(async () => (await article.locator('.kick').first().innerText()) === '404', 'the tab shows the page for what is missing');
  stage.expect(article.url() === stage.url + address.slice(1), 'under the address that it had');
  await stage.until(async () => (await article.locator(OVERLAY).count()) === 0, 'without an overlay');
  const there = await stage.open('/en/articles/wager/');
  stage.expect(await shows(there, title), 'the article is at its new address');
  await move('wager', 'bytedance-ai');
  await stage.until(() => shows(article, title), 'named as before, it comes back');
}

async function failTemplate(stage) {
  const template = 'templates/entity.html';
  const [entity, article] = [await stage.open(ENTITY), await stage.open(ARTICLE)];
  const good = await readFile(path.join(bundled, template), 'utf8');
  await stage.write(template, good.replace('{% endblock main %}', '<p>{{ nothing.at.all }}</p>\n{% endblock main %}').replace('{%- endblock main %}', '<p>{{ nothing.at.all }}</p>\n{%- endblock main %}'));
  await stage.until(() => entity.locator(PANEL).isVisible(), 'the overlay comes');
  stage.expect((await entity.locator(PANEL).innerText()).includes(`${template}:`), 'it names the template');
  await stage.until(() => shows(entity, CLAIM), 'the last good page stays');
  stage.expect(await shows(article, CLAIM), 'other pages too');
  await entity.reload();
  await stage.until(() => entity.locator(PANEL).isVisible(), 'after a reload the overlay comes again');
  stage.expect(await shows(entity, CLAIM), 'and the last good page is still there');
  await stage.write(template, good.replace('{{ words.', '<!-- mended -->{{ words.'));
  for (const tab of [entity, article]) await stage.until(async () => (await tab.locator(OVERLAY).count()) === 0, 'mended, the overlay goes');
  await stage.until(async () => (await entity.content()).includes('<!-- mended -->'), 'and the page follows');
  stage.expect(await isUntouched(article), 'pages of other templates are left alone');
  // A template that cannot even be read.
  await stage.write(template, '{% block main %}');
  await stage.until(() => entity.locator(PANEL).isVisible(), 'the overlay comes for syntax');
  stage.expect((await entity.content()).includes('<!-- mended -->'), 'the last good page stays');
  await stage.remove(template);
  await stage.until(async () => (await entity.locator(OVERLAY).count()) === 0, 'without the template the theme is in its place');
  await stage.until(async () => !(await entity.content()).includes('<!-- mended -->'), "and the page is the theme's");
}

async function hideTab(stage) {
  const article = await stage.open(ARTICLE);
  const turn = (state) => article.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await turn('hidden');
  const seen = await stage.open(ARTICLE);
  await stage.edit(SIDECAR, CLAIM, 'Sono andati via per la paga.');
  await stage.until(() => shows(seen, 'Sono andati via per la paga.'), 'the tab that is seen follows');
  await sleep(SETTLED);
  stage.expect(await isUntouched(article), 'the hidden one rests');
  await turn('visible');
  await stage.until(() => shows(article, 'Sono andati via per la paga.'), 'it catches up when it is seen again');
}

async function restart(stage) {
  stage.tolerate(GONE);
  const [article, unrelated] = [await stage.open(ARTICLE), await stage.open(UNRELATED)];
  await stage.stop();
  await stage.edit(SIDECAR, CLAIM, 'Sono andati via per la paga.');
  await sleep(SETTLED);
  stage.expect(await shows(article, CLAIM), 'without a server the page stays');
  const { port } = new URL(stage.url);
  await stage.start(['--port', port]);
  await stage.until(() => shows(article, 'Sono andati via per la paga.'), 'the tab catches up');
  stage.expect(await isUntouched(unrelated), 'the unrelated tab is left alone');
  await stage.edit(SIDECAR, 'Sono andati via per la paga.', 'Sono andati via per la mensa.');
  await stage.until(() => shows(article, 'Sono andati via per la mensa.'), 'and follows from there');
}

async function beginBroken(stage) {
  stage.tolerate(/status of 503/);
  await stage.stop();
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"`);
  await stage.start();
  const article = await stage.open(ARTICLE);
  await stage.until(() => article.locator(PANEL).isVisible(), 'the overlay comes over a page that is not there yet');
  await stage.edit(SIDECAR, '\ncolour = "red"', '');
  await stage.until(() => shows(article, CLAIM), 'mended, the tab shows its page');
  stage.expect((await article.locator(OVERLAY).count()) === 0, 'without an overlay');
}

async function withoutReload(stage) {
  const article = await stage.open(ARTICLE);
  const sent = await (await fetch(stage.url + ARTICLE.slice(1))).text();
  stage.expect(!sent.includes('_postilla'), "the page has no script but the theme's");
  stage.expect(sent.includes('Content-Security-Policy'), 'it has its policy');
  stage.expect((await fetch(`${stage.url}_postilla/reload.js`)).status === 404, 'there is no script to ask for');
  await stage.edit(SIDECAR, CLAIM, 'Sono andati via per la paga.');
  await stage.until(async () => (await (await fetch(stage.url + ARTICLE.slice(1))).text()).includes('Sono andati'), 'the server has the new page');
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"`);
  await sleep(SETTLED);
  stage.expect(await isUntouched(article) && (await shows(article, CLAIM)), 'the tab is left alone');
  stage.expect((await article.locator(OVERLAY).count()) === 0, 'there is no overlay');
}

async function lookAtOverlay(stage) {
  const tabs = [];
  for (const width of [NARROW, WIDE]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await stage.context({ viewport: { width, height: HEIGHT }, colorScheme });
      tabs.push({ name: `${width}-${colorScheme}`, page: await stage.open(ARTICLE, context) });
    }
  }
  await stage.edit(SIDECAR, ID, `${ID}\ncolour = "red"\nstatsu = "confirmed"`);
  await stage.edit(BODY, 'ha sottratto i migliori ricercatori', 'ha sottratto alcuni ricercatori');
  await stage.edit(SIDECAR, 'about = ["wenjie-ding", "beijing"]', 'about = ["wenjie-ding", "bejing"]');
  await stage.write('content/notes.txt', 'Read by nobody.\n');
  for (const { name, page } of tabs) {
    await stage.until(async () => (await page.locator(PANEL).isVisible()) && (await page.locator(`${PANEL} li`).count()) >= 4, `the overlay comes at ${name}`);
    await sleep(SETTLED);
    await stage.takePicture(page, `overlay-${name}`);
    await stage.audit(page, `the overlay at ${name}`);
    const wide = await page.evaluate((selector) => {
      const panel = document.querySelector(selector).shadowRoot.querySelector('section');
      return [panel.scrollWidth - panel.clientWidth, panel.getBoundingClientRect().right - innerWidth];
    }, OVERLAY);
    stage.expect(wide.every((excess) => excess <= 0), `the overlay fits at ${name}: ${wide}`);
    await page.keyboard.press('Escape');
    await stage.takePicture(page, `badge-${name}`);
    await stage.audit(page, `the badge at ${name}`);
  }
}

// --- the stage ---------------------------------------------------------------------------------------------------

/** Plays a scene on a copy of the archive of its own, with a server of its own. */
async function scene(name, play, options = []) {
  const wanted = process.env.SCENES?.split(/\s+/).filter(Boolean);
  if (wanted && !wanted.some((word) => name.includes(word))) return;
  played += 1;
  const archive = path.join(work, String(played));
  for (const part of ['postilla.toml', 'content']) await cp(path.join(bundled, part), path.join(archive, part), { recursive: true });
  const stage = setStage(name, archive, options);
  try {
    await stage.start();
    await play(stage);
  } catch (error) {
    expect(false, name, error.stack);
  } finally {
    await stage.clear();
  }
}

function setStage(name, archive, options) {
  const contexts = [];
  const tolerated = [];
  let server;
  let first;
  const complain = (message) => tolerated.some((known) => known.test(message)) || expect(false, name, message);
  const at = (file) => path.join(archive, file);

  const stage = {
    archive,
    /** Where the site is served; ends with a slash. */
    get url() { return server.url; },
    expect: (holds, claim) => expect(holds, name, claim),
    /** Console messages that are part of the scene. */
    tolerate: (message) => tolerated.push(message),

    async start(more = []) {
      server = await startServer(['--root', archive, ...options, ...more], complain);
    },
    async stop() {
      await server.kill();
    },
    async context(settings = {}) {
      const context = await browser.newContext({ viewport: { width: WIDE, height: HEIGHT }, ...settings });
      await context.addInitScript(openShadows);
      contexts.push(context);
      return context;
    },
    /** A tab that shows `address`, marked so that a reload can be told. */
    async open(address, context) {
      first ??= await stage.context();
      const page = await (context ?? first).newPage();
      page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`));
      page.on('pageerror', (error) => complain(`script error: ${error.message}`));
      page.on('request', (request) => request.url().startsWith(new URL(stage.url).origin) || complain(`asks another origin: ${request.url()}`));
      await page.goto(stage.url + address.slice(1), { waitUntil: 'load' });
      await page.evaluate(() => { window.__mark = true; });
      return page;
    },

    /** Replaces a text, the only one of its kind, as editors do: a new file takes the old one's place. */
    async edit(file, from, to) {
      const text = await readFile(at(file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} must have once: ${from}`);
      await stage.write(file, text.replace(from, () => to));
    },
    async write(file, text) {
      await mkdir(path.dirname(at(file)), { recursive: true });
      await writeFile(at(`${file}~`), text);
      await rename(at(`${file}~`), at(file));
    },
    remove: (file) => rm(at(file)),
    async lineOf(file, text) {
      return (await readFile(at(file), 'utf8')).split('\n').findIndex((line) => line.includes(text)) + 1;
    },
    /** file:line:column of the first error, as `check` reports it. */
    async placeOfError() {
      const checked = await promisify(execFile)(program, ['check', '--root', archive, '--message-format', 'json']).catch((failed) => failed);
      const found = checked.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
      const { file, line, column } = found.find((finding) => finding.severity === 'error');
      return `${file}:${line}:${column}`;
    },

    async until(holds, claim) {
      const end = Date.now() + PATIENCE;
      // A page that is being replaced cannot be asked.
      while (!(await holds().catch(() => false))) {
        if (Date.now() > end) return expect(false, name, `not so: ${claim}`);
        await sleep(25);
      }
      return expect(true, name, claim);
    },
    async expectNoMarkup(page) {
      await sleep(SETTLED);
      const [ran, made] = await page.evaluate((selector) => {
        const inside = document.querySelector(selector)?.shadowRoot.querySelectorAll('img, script, b').length ?? 0;
        return [window.__ran, inside + document.querySelectorAll('img[src="x"]').length];
      }, OVERLAY);
      stage.expect(ran === undefined, 'no script of the archive runs');
      stage.expect(made === 0, 'no element of the archive is made');
    },
    /** What axe-core has against the overlay; contrast it cannot measure there. */
    async audit(page, what) {
      await page.evaluate(await axe());
      const { violations, incomplete } = await page.evaluate((selector) => window.axe.run(selector), OVERLAY);
      const unsettled = incomplete.filter(({ id }) => id !== 'color-contrast');
      for (const { id, help, nodes } of [...violations, ...unsettled]) {
        stage.expect(false, `${what}: ${id}: ${help}: ${nodes.map(({ html }) => html).join('; ').slice(0, 400)}`);
      }
      const contrasts = await page.evaluate(measureContrasts, OVERLAY);
      stage.expect(contrasts.length > 0, `${what} has words`);
      for (const { words, ratio } of contrasts) stage.expect(ratio >= CONTRAST, `${what}: contrast ${ratio.toFixed(2)}: ${words}`);
    },
    async takePicture(page, picture) {
      const folder = process.env.SCREENSHOTS;
      if (!folder) return;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: path.join(folder, `${picture}.png`) });
    },
    async clear() {
      for (const context of contexts) await context.close();
      await server?.kill();
      await rm(archive, { recursive: true, force: true });
    },
  };
  return stage;
}

/** Starts the program; it chooses the port, and says so. */
async function startServer(options, complain) {
  const child = spawn(program, ['serve', '--message-format', 'json', '--now', BEFORE_ANY_REVIEW, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.stderr.on('data', (said) => complain(`the server says: ${said}`));
  const url = await new Promise((resolve, reject) => {
    child.on('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.event === 'serving') resolve(said.url);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}`)));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, kill };
}

/** Closed shadow roots keep tests out as well; and a policy's refusals become console errors. */
function openShadows() {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function open(options) {
    return attach.call(this, { ...options, mode: 'open' });
  };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`policy: ${violatedDirective} refuses ${blockedURI}`);
  });
}

/** The contrast of all words of the overlay with what they stand on, as WCAG 2 counts it. Sees nothing of this file. */
function measureContrasts(selector) {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => channels(colour).slice(0, 3).reduce((sum, value, at) => sum + [0.2126, 0.7152, 0.0722][at] * linear(value / 255), 0);
  const isOpaque = (colour) => channels(colour).length === 3;
  const ground = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return isOpaque(backgroundColor) || !element.parentElement ? backgroundColor : ground(element.parentElement);
  };
  const spoken = [...document.querySelector(selector).shadowRoot.querySelectorAll('*')].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return spoken.map((element) => {
    const [dark, light] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => a - b);
    return { words: element.textContent.slice(0, 60), ratio: (light + 0.05) / (dark + 0.05) };
  });
}

async function shows(page, words) {
  return (await page.locator('body').innerText()).includes(words);
}

function isUntouched(page) {
  return page.evaluate(() => window.__mark === true);
}

async function status(page) {
  return (await page.locator(`${PANEL} [role="status"]`).first().textContent()).trim();
}
