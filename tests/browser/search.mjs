// Searches a built archive in a real browser: node tests/browser/search.mjs POSTILLA
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core and axe-core
//   CHROMIUM=PATH     the browser
//   SITE=DIR          measure queries on this built site instead: QUERIES="a|b c", BYTES=150000 and MS=200 are the bars

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { axe, Findings, openBrowser, serve } from './site.mjs';

const ARTICLES = 130;

const found = new Findings();
const { expect } = found;

const work = await mkdtemp(path.join(tmpdir(), 'postilla-search-'));
const site = process.env.SITE ? path.resolve(process.env.SITE) : await build(process.argv[2] ?? 'target/debug/postilla', '', 'site');
const asked = { bytes: 0, files: 0 };
const server = await serve(site, ({ bytes }) => {
  asked.bytes += bytes;
  asked.files += 1;
});
const { origin } = server;
const browser = await openBrowser();
try {
  if (process.env.SITE) {
    await measure();
  } else {
    await wordsAreCutAsTheProgramCutsThem();
    await resultsLeadToTheFact();
    await wordFormsAreFound();
    await resultsCanBeNarrowed();
    await namesComplete();
    await anotherBuildIsFollowed();
    await withoutScripts();
    await nothingIsLeftWithoutSearch();
  }
} finally {
  await browser.close();
  server.close();
  await rm(work, { recursive: true, force: true });
}
found.close('searches');

// --- what is looked at -------------------------------------------------------------------------------------------

// The same examples as in src/search/word.rs.
async function wordsAreCutAsTheProgramCutsThem() {
  const { wordsOf } = await import(`data:text/javascript,${encodeURIComponent(await readFile('templates/assets/search.js', 'utf8'))}`);
  const check = (text, expected) => same(wordsOf(text).map(({ form }) => form).join(' '), expected, JSON.stringify(text));
  check('L’azienda: CITTÀ-stato, perché?', 'l azienda citta stato perche');
  check('1.200,50 e 3,5. Fine', '120050 e 35 fine');
  check('Straße Łódź œuvre', 'strasse lodz oeuvre');
  check('e\u0301te\u0301 co\u00adop', 'ete coop');
  check('北京 2024 ok', '北 京 2024 ok');
  check('... , ’', '');
}

async function resultsLeadToTheFact() {
  const page = await open('/articles/alpha/');
  await page.keyboard.press('/');
  await page.waitForURL('**/search/');
  await page.waitForSelector('#search:not([hidden])');
  await page.keyboard.press('/');
  await page.keyboard.type('turbine');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#results li.fact');
  expect(page.url().endsWith('/search/?q=turbine'), 'the address', `does not say what was asked: ${page.url()}`);
  same(await page.textContent('#found'), '2 results', 'what is announced');
  same(await page.getAttribute('#found', 'role'), 'status', 'the role of what is announced');
  same(await page.textContent('#results li.article blockquote'), 'The turbine stood still <b>for a week</b>.', 'the sentence, as text');
  same(await page.textContent('#results li.article mark'), 'turbine', 'the word in the sentence');
  same(await page.textContent('#results li.fact .st'), 'disputed', 'the status in words');
  await checkWithAxe(page);
  await page.click('#results li.fact a');
  await page.waitForURL('**/articles/alpha/#still');
  await page.waitForSelector(':target');
  expect(page.url().endsWith('/articles/alpha/#still'), 'the result', `leads to ${page.url()}`);
  same(await page.evaluate(() => document.querySelector(':target')?.id), 'still', 'the note that is aimed at');
  await page.goBack();
  await page.waitForSelector('#results li.fact');
  await page.close();
}

async function wordFormsAreFound() {
  const page = await open('/search/');
  const check = async (query, expected) => same((await ask(page, query)).sort().join(' | '), expected, `what \`${query}\` finds`);
  await check('turbines', '/articles/alpha/ | /articles/alpha/#still');
  await check('economico', '/it/articles/beta/ | /it/articles/beta/#crescita');
  await check('ECONOMICHE', '/it/articles/beta/ | /it/articles/beta/#crescita');
  await check('citta', '/it/articles/beta/');
  await check('1200', '/it/articles/beta/');
  await check('l’economia città', '');
  await check('economica città', '/it/articles/beta/');
  await check('lago di prova', '/entities/lago/');
  await check('nowhere', '');
  same(await page.textContent('#found'), 'Nothing found. All words must stand in one article, fact or name.', 'what is said of nothing');
  await check('the turbine', '/articles/alpha/ | /articles/alpha/#still');
  await page.close();
}

async function resultsCanBeNarrowed() {
  const page = await open('/search/');
  await ask(page, 'filler');
  same(await page.textContent('#found'), `${ARTICLES} results`, 'how many');
  same(await page.locator('#results li').count(), 8, 'results at first');
  await page.click('#more');
  await page.waitForFunction(() => document.querySelectorAll('#results li').length === 16);
  same(await page.textContent('label:has([value="2001"]) small'), '13', 'articles of a year');
  await page.check('input[value="2001"]');
  await page.waitForFunction(() => document.querySelector('#found').textContent === '13 results');
  same(await page.textContent('label:has([value="2002"]) small'), '13', 'those of another year, which can be added');
  await page.check('input[value="2002"]');
  await page.waitForFunction(() => document.querySelector('#found').textContent === '26 results');
  await ask(page, 'turbine');
  await page.check('input[value="disputed"]');
  await page.waitForFunction(() => document.querySelectorAll('#results li').length === 1);
  same(await page.locator('#results li.fact').count(), 1, 'facts with the status');
  expect(await page.isVisible('label:has([value="article"])') === false, 'a kind that the status excludes', 'is offered');
  await page.close();
}

async function namesComplete() {
  const page = await open('/search/');
  await page.focus('#q');
  await page.keyboard.type('pro');
  await page.waitForSelector('#completions [role=option]');
  same(await page.getAttribute('#q', 'aria-expanded'), 'true', 'the field with completions');
  same(await page.textContent('#completions [role=option] a'), 'Lago di Prova', 'the name, by its last word');
  await page.keyboard.press('ArrowDown');
  same(await page.getAttribute('#q', 'aria-activedescendant'), 'completion-0', 'the active completion');
  same(await page.getAttribute('#completion-0', 'aria-selected'), 'true', 'the completion');
  await page.keyboard.press('Escape');
  same(await page.getAttribute('#q', 'aria-expanded'), 'false', 'the field after Escape');
  await page.fill('#q', '');
  await page.keyboard.type('alpha');
  await page.waitForSelector('#completions [role=option]');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/articles/alpha/');
  await page.close();
}

// A tab that was opened before the site was published again asks once more from the top.
async function anotherBuildIsFollowed() {
  const page = await open('/search/');
  await ask(page, 'number5');
  await build(process.argv[2] ?? 'target/debug/postilla', 'A gearbox broke.', 'site');
  same((await ask(page, 'stood')).length, 2, 'results whose files are gone');
  same((await ask(page, 'gearbox')).join(' '), '/articles/alpha/', 'a word that came with it');
  await page.close();
}

async function withoutScripts() {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/search/?q=turbine`);
  expect(await page.isVisible('#without'), 'the page without scripts', 'says nothing of the lists');
  expect(!(await page.isVisible('#search')), 'the form', 'is shown where it cannot work');
  await page.click('#without a');
  expect(page.url().endsWith('/articles/'), 'the first list', `is at ${page.url()}`);
  await context.close();
}

async function nothingIsLeftWithoutSearch() {
  const folder = await build(process.argv[2] ?? 'target/debug/postilla', '', 'plain', '[search]\nenabled = false\n');
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  expect(!/(slash|search-page)\.js|rel="search"/.test(html), 'a page of an archive without search', 'has its script or a link to it');
  const gone = await readFile(path.join(folder, 'search/index.bin')).catch(() => 'gone');
  same(gone, 'gone', 'the index of an archive without search');
}

async function measure() {
  const bars = { bytes: Number(process.env.BYTES ?? 150_000), ms: Number(process.env.MS ?? 200) };
  for (const query of process.env.QUERIES.split('|')) {
    const runs = [];
    for (let run = 0; run < 5; run++) runs.push(await cost(query));
    const { bytes, files, total } = runs[0];
    const ms = runs.map((run) => run.ms).sort((a, b) => a - b)[2];
    console.log(`   ${JSON.stringify({ query, total, bytes, files, ms: Math.round(ms) })}`);
    expect(bytes <= bars.bytes, `\`${query}\``, `takes ${bytes} bytes`);
    expect(ms <= bars.ms, `\`${query}\``, `takes ${Math.round(ms)} ms`);
  }
}

// From Enter to the results, with nothing of the index at hand.
async function cost(query) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/search/`);
  await page.waitForSelector('#search:not([hidden])');
  asked.bytes = asked.files = 0;
  await page.fill('#q', '');
  const ms = await page.evaluate(async (text) => {
    const [field, found] = [document.getElementById('q'), document.getElementById('found')];
    field.value = text;
    const begin = performance.now();
    field.form.requestSubmit();
    await new Promise((done) => new MutationObserver(done).observe(found, { childList: true }));
    return performance.now() - begin;
  }, query);
  const total = await page.textContent('#found');
  await context.close();
  return { ms, ...asked, total };
}

// --- the archive, visibly made up -----------------------------------------------------------------------------------

async function build(postilla, more, output, config = '') {
  const root = path.join(work, 'archive');
  const put = async (file, text) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };
  const rules = '[rules]\n"article::no_facts" = "off"\n"rights::missing" = "off"\n"evidence::not_archived" = "off"\n"entity::unused" = "off"\n';
  await put('postilla.toml', `title = "Test"\nbase_url = "https://archive.example/"\nlanguages = ["en", "it"]\n${config}${rules}`);
  await put('content/entities/lago.md', '+++\nkind = "place"\nname = "Lago di Prova"\n+++\n');
  await put('content/articles/alpha.md', `+++\ntitle = "Alpha"\ndate = 2024-05-01\n+++\n\nIt rained. The turbine stood still &lt;b&gt;for a week&lt;/b&gt;. ${more}\n`);
  await put(
    'content/articles/alpha.facts.toml',
    '[[facts]]\nid = "still"\nclaim = "The turbines were off."\nstatus = "disputed"\nanchor = { exact = "The turbine stood still" }\n',
  );
  await put('content/articles/beta.md', '+++\ntitle = "Beta"\nlang = "it"\ndate = 2023-05-01\n+++\n\nLa città ha 1.200 case. La crescita economica continua.\n');
  await put(
    'content/articles/beta.facts.toml',
    '[[facts]]\nid = "crescita"\nclaim = "Le cose economiche crescono."\nanchor = { exact = "La crescita economica continua" }\n',
  );
  for (let number = 0; number < ARTICLES; number++) {
    await put(`content/articles/filler-${number}.md`, `+++\ntitle = "Text ${number}"\ndate = ${2000 + (number % 10)}-01-01\n+++\n\nThis is the filler of number${number}.\n`);
  }
  const folder = path.join(work, output);
  execFileSync(path.resolve(postilla), ['build', '--root', root, '--output-dir', folder, '--now', '2026-01-01'], { stdio: 'pipe' });
  return folder;
}

// --- the frame ------------------------------------------------------------------------------------------------------

async function open(address) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => expect(false, address, `script error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && !/404/.test(message.text()) && expect(false, address, message.text()));
  await page.goto(origin + address);
  return page;
}

// The addresses of what is found.
async function ask(page, query) {
  await page.fill('#q', query);
  await page.evaluate(() => document.getElementById('found').replaceChildren());
  await page.press('#q', 'Enter');
  await page.waitForFunction(() => document.getElementById('found').textContent !== '');
  return page.$$eval('#results a', (links) => links.map((link) => link.getAttribute('href')));
}

async function checkWithAxe(page) {
  await page.evaluate(await axe());
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false }));
  const said = violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target).join(', ')}`);
  expect(violations.length === 0, 'the search page', said.join('; '));
}

function same(found, expected, what) {
  expect(found === expected, what, `is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
}
