// What an article with 40 facts costs its reader: node tests/browser/weight.mjs POSTILLA
//
// Builds a made-up archive and opens its article in a browser; whatever is asked for counts, as it goes over the wire.
//
//   TEST_TOOLS=DIR    the folder whose node_modules holds playwright-core
//   CHROMIUM=PATH     the browser

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Findings, openBrowser, serve } from './site.mjs';

const FACTS = 40;
const PAGE = 60 * 1024; // bytes, with styles and scripts
const SCRIPT = 15 * 1024;
const SETTLED = 500; // ms in which a script would ask for more

/** Words of syllables, so that they pack about as well as those of a language, and are plainly nobody's. */
class MadeUpWords {
  static #SYLLABLES = 'ba be bo da di dor fa fen ga gil ha hu jo ka kel la lim lo ma mi mun na no pa per qua ra ri ros sa sol ta ti tor u va vel wi yo zan'.split(' ');
  #state;
  #vocabulary;

  constructor(seed) {
    this.#state = seed;
    const word = () => Array.from({ length: 1 + this.below(3) }, () => this.#pick(MadeUpWords.#SYLLABLES)).join('');
    this.#vocabulary = Array.from({ length: 900 }, word);
  }

  below(end) {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * end);
  }

  some(count) {
    return Array.from({ length: count }, () => this.#pick(this.#vocabulary)).join(' ');
  }

  sentence(count) {
    return `${capital(this.some(count))}.`;
  }

  name() {
    return `${capital(this.some(1))}${this.some(1)} ${capital(this.some(1))}${this.some(1)}`;
  }

  #pick(list) {
    return list[this.below(list.length)];
  }
}

const program = path.resolve(process.argv[2] ?? 'target/debug/postilla');
const found = new Findings();
const work = await mkdtemp(path.join(tmpdir(), 'postilla-weight-'));
const sent = [];
try {
  await writeArchive(path.join(work, 'archive'));
  const site = path.join(work, 'site');
  await promisify(execFile)(program, ['build', '--root', path.join(work, 'archive'), '--output-dir', site, '--now', '2030-01-01']);
  const server = await serve(site, (answer) => sent.push(answer));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/articles/weight/`, { waitUntil: 'load' });
    await page.waitForTimeout(SETTLED);
    const notes = await page.locator('.note').count();
    found.expect(notes === FACTS, 'the article', `has ${notes} notes for ${FACTS} facts`);
  } finally {
    await browser.close();
    server.close();
  }
} finally {
  await rm(work, { recursive: true });
}
const weigh = (answers) => answers.reduce((sum, { bytes }) => sum + bytes, 0);
const whole = weigh(sent);
const script = weigh(sent.filter(({ kind }) => kind === '.js' || kind === '.mjs' || kind === '.wasm'));
const list = sent.map(({ path: asked, bytes }) => `${asked} ${bytes}`).join(', ');
found.expect(whole <= PAGE, 'the article', `costs ${whole} bytes, ${PAGE} are allowed: ${list}`);
found.expect(script <= SCRIPT, 'the article', `has ${script} bytes of script, ${SCRIPT} are allowed: ${list}`);
found.close(`an article with ${FACTS} facts costs ${whole} bytes, ${script} of them script (${list})`);

// --- a made-up archive, the same in every run ---------------------------------------------------------------------

async function writeArchive(root) {
  const content = path.join(root, 'content');
  await mkdir(path.join(content, 'articles'), { recursive: true });
  await mkdir(path.join(content, 'entities'));
  const words = new MadeUpWords(40);
  const names = Array.from({ length: 12 }, () => words.name());
  const facts = Array.from({ length: FACTS }, (_, at) => makeFact(at, words, names));
  const entity = (name, at) => writeFile(path.join(content, 'entities', `e${at}.md`), `+++\nkind = "company"\nname = "${name}"\n+++\n`);
  await Promise.all(names.map(entity));
  await writeFile(path.join(root, 'postilla.toml'), 'title = "Made-up weights"\nbase_url = "https://weights.example/"\n');
  await writeFile(path.join(content, 'properties.toml'), '[output]\nlabel = "output"\nunit = "crates"\n');
  await writeFile(path.join(content, 'sources.bib'), [0, 1, 2, 3].map((at) => sourceOf(at, words)).join('\n'));
  await writeFile(path.join(content, 'articles', 'weight.md'), articleOf(facts, words));
  await writeFile(path.join(content, 'articles', 'weight.facts.toml'), facts.map(({ data }) => data).join('\n'));
}

/** A sentence of the text and the fact about its figure, with all that a careful editor writes down. */
function makeFact(at, words, names) {
  const [subject, other] = [at % names.length, (at * 5 + 1) % names.length];
  const figure = `${names[subject]} packed ${words.below(900) + 100} crates`;
  const sentence = `In 2029 ${figure} of ${words.some(2)}, ${words.some(9)}, said ${names[other]}.`;
  const data = `[[facts]]
id = "made-up-${at}"
kind = "quantity"
claim = "${names[subject]} packed ${words.some(3)} in crates, ${words.some(6)}."
anchor = { exact = "${figure}" }
about = ["e${subject}", "e${other}"]
subject = "e${subject}"
property = "output"
value = { number = ${/packed (\d+)/.exec(figure)[1]}, unit = "crates", stated = "${figure}" }
valid = { at = "2029-${String((at % 12) + 1).padStart(2, '0')}" }
attribution = [{ agent = "e${other}", mode = "said", naming = "named" }]
evidence = [
  { source = "s${at % 4}", stance = "supports", locator = "p. ${at + 3}", quote = "${words.some(12)}" },
  { title = "${words.some(5)}", url = "https://${words.some(1)}.example/${words.some(1)}", accessed = "2029-12-01", stance = "context" },
]
status = "corroborated"
confidence = "medium"
checks = [{ by = "reader-${at % 3}", date = "2029-12-0${(at % 8) + 1}", result = "corroborated", note = "${words.some(8)}" }]
`;
  return { sentence, data };
}

function articleOf(facts, words) {
  const paragraph = (_, at) => `${facts[at * 2].sentence} ${words.sentence(30)} ${facts[at * 2 + 1].sentence} ${words.sentence(25)}`;
  const text = Array.from({ length: FACTS / 2 }, paragraph);
  const heads = text.map((words_, at) => (at % 5 === 0 ? `## ${words.sentence(4)}\n\n${words_}` : words_));
  return `+++\ntitle = "What ${FACTS} made-up facts weigh"\ndate = 2029-12-10\nsummary = "${words.sentence(20)}"\n+++\n${heads.join('\n\n')}\n`;
}

function sourceOf(at, words) {
  return `@report{s${at}, title = {${words.some(6)}}, author = {${words.name()}}, date = {2029}, url = {https://reports.example/${at}}}\n`;
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
