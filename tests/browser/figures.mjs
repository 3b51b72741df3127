// Looks at drawings, and at each kind of page that lists names and figures: node tests/browser/figures.mjs PROGRAM
//
// The archive is made here, of names and figures that nobody could take for real.
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core and axe-core
//   CHROMIUM=PATH     the browser
//   KEEP_SITE=DIR     the site is left there
//   SCREENSHOTS=DIR   save each page at each width there

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { axe, Findings, openBrowser, serve } from './site.mjs';

const WIDTHS = [320, 400, 900, 1500];
const AUDITED = [400, 1500];
const NEIGHBOURS = 40;
const POINTS = 30;
const HUB = '/entities/sample-works/';
const FIGURE = '/properties/visitors/';
const PAGES = ['/', HUB, '/entities/neighbour-1/', FIGURE, '/properties/budget/', '/entities/', '/entities/kind/place/',
  '/timeline/', '/sources/', '/sources/test-report/', '/properties/', '/coverage/', '/corrections/', '/articles/'];

const found = new Findings();
const { expect } = found;
const program = path.resolve(process.argv[2] ?? 'target/debug/postilla');
const work = await mkdtemp(path.join(tmpdir(), 'postilla-figures-'));
const site = process.env.KEEP_SITE ? path.resolve(process.env.KEEP_SITE) : path.join(work, 'site');
await writeArchive(path.join(work, 'archive'));
execFileSync(program, ['build', '--root', path.join(work, 'archive'), '--output-dir', site, '--base-url', 'https://archive.example',
  '--now', '2026-01-01', '--force'], { stdio: 'pipe' });
const server = await serve(site);
const { origin } = server;
const browser = await openBrowser();
try {
  for (const address of PAGES) {
    for (const width of WIDTHS) await look(address, width);
    for (const width of AUDITED) {
      for (const scheme of ['light', 'dark']) await audit(address, width, scheme);
    }
  }
  await lookAtWeb();
  await lookAtCharts();
  await lookAtSmallScreen();
  await lookAtInfobox();
} finally {
  await browser.close();
  server.close();
  await rm(work, { recursive: true, force: true });
}
found.close(`${PAGES.length} pages at ${WIDTHS.join(', ')} px`);

// --- what is looked at -------------------------------------------------------------------------------------------

async function look(address, width) {
  const where = `${address} at ${width} px`;
  await withPage(address, { width }, async (page) => {
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
    expect(scroll <= client, where, `is ${scroll - client} px too wide`);
    const { small, crossing } = await page.evaluate(measureLabels);
    expect(crossing.length === 0, where, `labels overlap: ${crossing.slice(0, 4).join('; ')}`);
    expect(small.length === 0, where, `labels under 11 px: ${small.slice(0, 4).join('; ')}`);
    if (!process.env.SCREENSHOTS) return;
    await mkdir(process.env.SCREENSHOTS, { recursive: true });
    const name = address.replace(/^\/|\/$/g, '').replaceAll('/', '-') || 'home';
    await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}-${width}.png`), fullPage: true });
  });
}

async function audit(address, width, colorScheme) {
  const where = `${address} at ${width} px, ${colorScheme}`;
  // The policy allows no script of a page, and the auditor is one.
  await withPage(address, { width, colorScheme, bypassCSP: true }, async (page) => {
    await page.addScriptTag({ content: await axe() });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes.length})`);
    expect(said.length === 0, where, said.join('; '));
  });
}

async function lookAtWeb() {
  await withPage(HUB, { width: 1500 }, async (page) => {
    const links = page.locator('.web a');
    expect((await links.count()) === NEIGHBOURS, HUB, `draws ${await links.count()} neighbours, not ${NEIGHBOURS}`);
    const first = links.first();
    await first.focus();
    const dimmed = () => page.locator('.web').evaluate((web) => [...web.querySelectorAll('a')].filter((a) => getComputedStyle(a).opacity !== '1').length);
    await page.keyboard.press('Tab');
    await page.waitForTimeout(200);
    expect((await dimmed()) === NEIGHBOURS - 1, HUB, 'a focused path is not the only one that is lit');
    expect((await page.evaluate(() => document.activeElement.closest('.web') !== null)), HUB, 'the keyboard does not reach the second name');
    await page.locator('.relations summary').click();
    const listed = await page.locator('.rels dd .entity').evaluateAll((names) => names.map((name) => new URL(name.href).pathname));
    const drawn = await links.evaluateAll((names) => names.map((name) => new URL(name.href.baseVal, document.baseURI).pathname));
    expect(drawn.every((address) => listed.includes(address)), HUB, 'a name is only in the drawing');
    await links.nth(3).locator('text').click();
    expect(drawn.includes(new URL(page.url()).pathname), HUB, `a drawn link leads to ${page.url()}`);
  });
}

async function lookAtCharts() {
  await withPage(HUB, { width: 1500 }, async (page) => {
    const chart = page.locator('#_figure-visitors');
    const dots = chart.locator('.plot a');
    expect((await dots.count()) === POINTS, HUB, `draws ${await dots.count()} figures, not ${POINTS}`);
    expect((await chart.locator('.plot .ring').count()) >= 2, HUB, 'does not mark the figures that disagree');
    expect((await page.locator('.plot').count()) === 3, HUB, 'mixes currencies on an axis, or draws a single figure');
    const shown = () => chart.locator('.tip').evaluateAll((tips) => tips.filter((tip) => getComputedStyle(tip).opacity === '1').length);
    expect((await shown()) === 0, HUB, 'says a figure that nobody asked for');
    await dots.nth(4).focus();
    expect((await shown()) === 1, HUB, 'does not say the figure in focus');
    await chart.locator('summary').click();
    const rows = await chart.locator('tbody tr').count();
    expect(rows === POINTS, HUB, `has a table of ${rows} rows behind ${POINTS} figures`);
    const href = await dots.nth(4).getAttribute('href');
    await dots.nth(4).press('Enter');
    await page.waitForURL(`**${href}`);
    expect(await page.locator(new URL(page.url()).hash).count(), HUB, `${href} leads to no note`);
  });
  await withPage(FIGURE, { width: 1500 }, async (page) => {
    expect((await page.locator('.plot.wide .name').count()) === 3, FIGURE, 'does not name the three that are charted');
    expect((await page.locator('.rows tbody tr').count()) > POINTS, FIGURE, 'has no table of all figures');
    expect((await page.locator('.sides').count()) > 0, FIGURE, 'does not flag the disagreement');
  });
}

async function lookAtSmallScreen() {
  await withPage(HUB, { width: 320 }, async (page) => {
    expect(!(await page.locator('.web').isVisible()), HUB, 'shows the drawing of relations where there is no room');
    const seen = await page.locator('.rels dd .entity').evaluateAll((names) => names.filter((name) => name.offsetHeight > 0).length);
    expect(seen >= NEIGHBOURS, HUB, `lists ${seen} of ${NEIGHBOURS} neighbours on a small screen`);
  });
}

async function lookAtInfobox() {
  await withPage(HUB, { width: 1500 }, async (page) => {
    const values = await page.locator('.info dd').evaluateAll((all) => all.map((dd) => dd.querySelector('a')?.textContent).filter(Boolean));
    expect(new Set(values).size === values.length, HUB, `repeats a value: ${values}`);
    const numbers = await page.locator('.nn a').evaluateAll((all) => all.map((a) => Number(a.textContent)));
    const references = await page.locator('.sources li').count();
    expect(numbers.length > 0 && Math.max(...numbers) === references, HUB, `has ${references} references for the numbers ${numbers}`);
    const scripts = await page.locator('bdi[lang]').evaluateAll((all) => all.map((bdi) => bdi.lang));
    expect(scripts.join() === 'und-Hani,ja,und-Arab', HUB, `marks scripts as ${scripts}`);
  });
}

// --- measured inside the page ------------------------------------------------------------------------------------

/** Labels of drawings that cross each other, or that nobody can read; what shows under the pointer only is left out. */
function measureLabels() {
  const small = [];
  const crossing = [];
  for (const svg of document.querySelectorAll('.web, .plot')) {
    if (svg.getBoundingClientRect().width === 0) continue;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const labels = [...svg.querySelectorAll('text:not(.tip)')].map((text) => ({ words: text.textContent, box: text.getBBox() }));
    labels.forEach((one, at) => {
      if (parseFloat(getComputedStyle(svg.querySelector('text')).fontSize) * scale < 10.95) small.push(one.words);
      for (const { words, box } of labels.slice(0, at)) {
        const across = Math.min(one.box.x + one.box.width, box.x + box.width) - Math.max(one.box.x, box.x);
        const down = Math.min(one.box.y + one.box.height, box.y + box.height) - Math.max(one.box.y, box.y);
        if (across > 0.5 && down > 0.5) crossing.push(`${one.words} × ${words}`);
      }
    });
  }
  return { small, crossing };
}

// --- the archive -------------------------------------------------------------------------------------------------

async function writeArchive(root) {
  const put = async (name, text) => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  await put('postilla.toml', 'title = "Invented archive"\ndescription = "Nothing here is so."\nbase_url = "https://archive.example"\nlanguages = ["en"]\n');
  await put('content/sources.yml', 'test-report:\n  type: Report\n  title: An invented report\n  author: Tester, Tina\n  date: 2020-02-02\n  url: https://report.example/\n');
  const relations = ['supplies', 'owns', 'advises', 'sits-beside', 'was-named-after'];
  await put('content/properties.toml', [
    '[visitors]\nlabel = "visitors"\ndatatype = "quantity"\nunit = "visitors"\nfunctional = true\n',
    '[budget]\nlabel = "budget"\ndatatype = "money"\n',
    '[opened]\nlabel = "opened"\ndatatype = "date"\n',
    ...relations.map((id) => `[${id}]\nlabel = "${id.replaceAll('-', ' ')}"\ninverse_label = "${id} (of)"\ndatatype = "entity"\n`),
  ].join('\n'));
  await put('content/entities/sample-works.md', hub(relations));
  for (let nth = 1; nth <= NEIGHBOURS; nth += 1) await put(`content/entities/neighbour-${nth}.md`, neighbour(nth));
  for (const [id, name] of [['test-lake', 'Test Lake'], ['test-bridge', 'Test Bridge']]) {
    await put(`content/entities/${id}.md`, `+++\nkind = "place"\nname = "${name}"\n+++\n`);
  }
  const facts = inventFacts();
  await put('content/articles/invented.facts.toml', facts.map(({ toml }) => toml).join('\n'));
  const head = '+++\ntitle = "Nothing of this happened"\nlang = "en"\ndate = 2025-01-01\nsummary = "An invented article."\nabout = ["sample-works"]\ncorrections = [{ date = 2025-02-02, text = "It still did not happen.", facts = ["visitors-3"] }]\n+++\n\n';
  await put('content/articles/invented.md', `${head}Sample Works is beside Test Lake.\n\n${facts.map(({ sentence }) => sentence).join('\n\n')}\n`);
  await put('content/articles/older.md', '+++\ntitle = "Neither did this"\nlang = "en"\ndate = 2024-01-01\n+++\n\nSample Works and Test Bridge are invented.\n');
}

function hub(relations) {
  const relation = (nth) => `[[relations]]\nproperty = "${relations[(nth * nth) % relations.length]}"\nobject = "neighbour-${nth}"\nsource = "test-report"\n`;
  const list = Array.from({ length: NEIGHBOURS }, (_, at) => relation(at + 1)).join('\n');
  return `+++\nkind = "company"\nname = "Sample Works of the Northern and the Southern Test District"\naliases = ["Sample Works", "试验工厂", "サンプル工場", "مصنع تجريبي"]\nnot = ["Sample Worker"]\nsummary = "A company in a test."\n\n${list}+++\n\nInvented.\n`;
}

function neighbour(nth) {
  const long = nth % 5 === 0 ? ' and Sons, Makers of Remarkably Long Names since the Beginning' : '';
  return `+++\nkind = "${['person', 'place', 'product'][nth % 3]}"\nname = "Neighbour ${nth}${long}"\n+++\n`;
}

/** Facts and the sentences that make them. */
function inventFacts() {
  const facts = [];
  const add = (id, sentence, rest, status = 'attributed') => {
    const toml = `[[facts]]\nid = "${id}"\nclaim = "${sentence}"\nanchor = { exact = "${sentence}" }\nstatus = "${status}"\n${rest}\n`;
    facts.push({ sentence, toml });
  };
  const said = 'attribution = [{ agent = "a tester" }]';
  const figure = (subject, property, value, at) => `kind = "quantity"\nsubject = "${subject}"\nproperty = "${property}"\nvalue = { ${value} }\nvalid = { at = "${at}" }\n${said}`;
  for (let nth = 0; nth < POINTS - 2; nth += 1) {
    const value = nth % 9 === 4 ? `min = ${nth * 9000}, max = ${nth * 14000}` : `number = ${(nth + 1) * 12000 + (nth % 4) * 30000}, approximate = ${nth % 3 === 0}`;
    add(`visitors-${nth}`, `Visitors were counted for the ${nth}th time.`, figure('sample-works', 'visitors', value, ['', '-06', '-03-04'][nth % 3] ? `${1995 + nth}${['', '-06', '-03-04'][nth % 3]}` : `${1995 + nth}`));
  }
  const evidence = 'evidence = [{ source = "test-report" }, { source = "test-report", stance = "contradicts" }]';
  add('many', 'Many came in the spring of that year.', `${figure('sample-works', 'visitors', 'number = 900000', '2024-05')}\n${evidence}\nchecks = [{ by = "t. tester", date = 2025-01-05 }]`, 'disputed');
  add('few', 'Few came in the spring of that year.', `${figure('sample-works', 'visitors', 'number = 400000', '2024-05')}\n${evidence}\nchecks = [{ by = "t. tester", date = 2025-01-06 }]`, 'disputed');
  ['test-lake', 'test-bridge'].forEach((id, at) => [2001, 2011, 2021].forEach((year) =>
    add(`${id}-${year}`, `People saw ${id} in ${year}.`, figure(id, 'visitors', `number = ${year * 100 + at * 4000}`, `${year}`))));
  [['EUR', 1_000, 2001], ['EUR', 5_000_000_000, 2021], ['EUR', 70_000, 2011], ['USD', 5_000_000, 2003], ['USD', 7_000_000, 2013]].forEach(
    ([currency, number, year]) => add(`budget-${currency.toLowerCase()}-${year}`, `They spent ${number} ${currency} in ${year}.`, figure('sample-works', 'budget', `number = ${number}, currency = "${currency}"`, `${year}`)));
  add('opened', 'It opened on a spring day of 1994.', `kind = "event"\nsubject = "sample-works"\nproperty = "opened"\nvalue = { text = "1994-04-01" }\nvalid = { at = "1994-04-01" }`, 'unchecked');
  [1996, 1999, 2002].forEach((year) => add(`event-${year}`, `Something invented happened in ${year}.`, `kind = "event"\nabout = ["sample-works"]\nvalid = { at = "${year}" }`, 'unchecked'));
  ['one', 'two', 'three'].forEach((word) => add(`supplies-${word}`, `It supplies its neighbour, says source ${word}.`, `kind = "relation"\nsubject = "sample-works"\nproperty = "supplies"\nobject = "neighbour-5"\n${said}`));
  return facts;
}

// --- tools ---------------------------------------------------------------------------------------------------------

async function withPage(address, { width, ...options }, act) {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, ...options });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && expect(false, `${address} at ${width} px`, `console: ${message.text()}`));
  await page.goto(origin + address, { waitUntil: 'load' });
  await act(page);
  await context.close();
}
