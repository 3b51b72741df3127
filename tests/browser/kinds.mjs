// Judges one page of each kind by what every page must keep: node tests/browser/kinds.mjs SITE
//
// Accessibility (axe) in light and dark, narrow and wide; no sideways scroll at 320 px and at 200 % zoom; no errors
// on the console; and on all pages a policy that allows nothing inline, and nothing inline that it would forbid.
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core and axe-core
//   CHROMIUM=PATH     the browser

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { allPages, axe, fileAt, Findings, measureWidth, openBrowser, pagesByKind, serve } from './site.mjs';

const SCHEMES = ['light', 'dark'];
const WIDTHS = [400, 1500];
const HEIGHT = 1000;
const TIGHT = [
  { name: 'at 320 px', viewport: { width: 320, height: 640 } },
  // A window of 1,280 px has half as many, twice as large.
  { name: 'at 200 % zoom', viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 },
];

const site = path.resolve(process.argv[2] ?? 'public');
const found = new Findings();
const kinds = await pagesByKind(site);
const all = await allPages(site);
const server = await serve(site);
const browser = await openBrowser();
try {
  found.expect(kinds.length > 0, 'the site', 'has no page with a kind (`<body class="p-…">`)');
  for (const page of kinds) {
    for (const colorScheme of SCHEMES) await judgeAccess(page, colorScheme);
    for (const tight of TIGHT) await judgeWidth(page, tight);
  }
  await judgePolicy();
} finally {
  await browser.close();
  server.close();
}
found.close(`${kinds.length} kinds of pages (${kinds.map(({ kind }) => kind).join(', ')}), ${all.length} policies`);

async function judgeAccess({ kind, address }, colorScheme) {
  const { page, close } = await open(address, { colorScheme });
  for (const width of WIDTHS) {
    const where = `${kind} ${address} in ${colorScheme} at ${width} px`;
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate(await axe());
    // Without its preload, which would ask for style sheets by script: the policy forbids that.
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ['violations'] }));
    found.expect(violations.length === 0, where, violations.map(describe).join('; '));
  }
  await close(`${kind} ${address} in ${colorScheme}`);
}

function describe({ id, help, nodes }) {
  const first = nodes[0];
  const [check] = [...first.any, ...first.all, ...first.none];
  return `${id} (${help}), ${nodes.length} ×, first at ${first.target.join(' ')}: ${check?.message ?? ''}`;
}

async function judgeWidth({ kind, address }, { name, ...device }) {
  const { page, close } = await open(address, device);
  const { scroll, client, widest } = await page.evaluate(measureWidth);
  found.expect(scroll <= client, `${kind} ${address} ${name}`, `is ${scroll - client} px too wide: ${widest}`);
  await close(`${kind} ${address} ${name}`);
}

async function open(address, device) {
  const context = await browser.newContext(device);
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(server.origin + address, { waitUntil: 'load' });
  const close = async (where) => {
    found.expect(errors.length === 0, where, `errors on the console: ${errors.join('; ')}`);
    await context.close();
  };
  return { page, close };
}

async function judgePolicy() {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  for (const address of all) {
    const html = await readFile(await fileAt(site, address), 'utf8');
    for (const complaint of await page.evaluate(findInline, html)) found.expect(false, address, complaint);
    found.expect(true, address, '');
  }
  await context.close();
}

/** Runs in a blank page, on the text of another: nothing of it is loaded or run. */
function findInline(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const all = [...parsed.querySelectorAll('*')];
  const complaints = [];
  const complain = (elements, what) => {
    const [first] = elements;
    if (first) complaints.push(`${elements.length} × ${what}, first in ${first.outerHTML.slice(0, 80)}`);
  };
  const policy = parsed.head.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content ?? '';
  if (!/(^|;)\s*(default-src|script-src)\s/.test(policy)) complaints.push('has no Content-Security-Policy for scripts');
  if (/unsafe-/.test(policy)) complaints.push(`the policy allows what is unsafe: ${policy}`);
  // A block of data is not run, and no policy is asked about it.
  const runs = (script) => !/^(application\/(ld\+)?json|text\/plain)$/i.test(script.type);
  complain(all.filter((e) => e.localName === 'script' && !e.hasAttribute('src') && runs(e)), 'an inline script');
  complain(all.filter((e) => e.localName === 'style'), 'an inline style sheet');
  complain(all.filter((e) => e.hasAttribute('style')), 'an inline style');
  complain(all.filter((e) => e.getAttributeNames().some((name) => name.startsWith('on'))), 'an inline handler');
  complain(all.filter((e) => /^\s*javascript:/i.test(e.getAttribute('href') ?? '')), 'an address that runs');
  return complaints;
}
