// Reads the search index beside the search page; knows nothing of the page. Its format: docs/search.md.

const SIGN = "\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${SIGN}]|(?:(?![${SIGN}])[\\p{Alphabetic}\\p{N}\\p{M}\\u00ad]|(?<=\\p{N})[.,](?=\\p{N}))+`, "gu");
const SENTENCE = /\n|(?<=[.!?…]["'”’»)]*)\s+(?=[^\p{L}\p{N}]*[^\p{Ll}])/u;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const FACETS = ["kind", "status", "year", "publisher", "lang"];
// Nobody means so many words, and bits of sixteen words are kept.
const WORDS = 12;
// What a word is worth in a fact and in an entity, where 1 to 15 is what it is worth in an article.
const FACT = 12;
const ENTITY = 1.5;

export const fold = (word) =>
  word.normalize("NFKD").replace(/[\p{M}.,\u00ad]/gu, "").toLowerCase().replace(/[ßæœøłđðþı]/gu, (letter) => LETTERS[letter]);

export const wordsOf = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ form: fold(word), at: index, end: index + word.length }));

export class Index {
  constructor(folder) {
    this.folder = folder;
    this.files = new Map();
  }

  // What is found under every word of `text`, of what `filters` (sets of values by facet) let through: how many hits,
  // the best `limit` of them with what they show, and how many there are for each value of each facet.
  async find(text, filters = {}, limit = 10) {
    const words = [...new Set(wordsOf(text).map(({ form }) => form))].filter(Boolean).slice(0, WORDS);
    return this.fresh(async () => {
      const found = await this.search(words, filters, limit);
      return { ...found, hits: await Promise.all(found.hits.map(async (hit) => ({ ...hit, shown: await this.show(hit) }))) };
    });
  }

  // Names and titles with a word, or a run of words, that begins with what is typed.
  async complete(text, limit = 8) {
    const typed = wordsOf(text).map(({ form }) => form).join(" ");
    if (typed.length < 2) return [];
    return this.fresh(async () => {
      const { names } = await this.root();
      if (!names[1]) return [];
      const [first, last] = [this.range(names, typed), this.range(names, `${typed}\u{10ffff}`)];
      const shards = await Promise.all(range(first, Math.min(last, first + 2)).map((at) => this.json(names[1].substr(at * 12, 12))));
      const has = ([name]) => ` ${wordsOf(name).map(({ form }) => form).join(" ")}`.includes(` ${typed}`);
      const best = new Map();
      // An entity before an article; its name before its other names; the one that is spoken of more often.
      const worth = ([, , kind, weight, main]) => (kind ? 2 : 0) + (main ? 0 : 1) + weight * 4;
      for (const entry of shards.flat().filter(has).sort((a, b) => worth(b) - worth(a))) {
        if (!best.has(entry[1])) best.set(entry[1], entry);
      }
      return [...best.values()].slice(0, limit).map(([name, url, kind, , main]) => ({ name, url, kind, main }));
    });
  }

  // What a hit shows.
  async show(hit) {
    const root = await this.root();
    if (hit.entity !== undefined) {
      const cards = await this.json(root.entities[Math.floor(hit.entity / root.sizes[2])]);
      return cards[hit.entity % root.sizes[2]];
    }
    const block = await this.json(root.blocks[hit.block]);
    const cards = await this.json(block.cards[Math.floor(hit.article / root.sizes[1])]);
    const card = cards[hit.article % root.sizes[1]];
    return { ...card, ...(await this.json(card.said)), lang: hit.lang, publisher: hit.publisher };
  }

  // --- the query

  async search(all, filters, limit) {
    const root = await this.root();
    // A word of every other article chooses nothing beside others.
    const rare = all.filter((word) => !root.common.includes(word));
    const words = rare.length > 0 ? rare : all.slice(0, 1);
    const found = await Promise.all(words.map((word) => this.lookUp(root, word)));
    if (words.length === 0 || found.some((terms) => terms.length === 0)) return { total: 0, hits: [], counts: {}, forms: new Map() };
    const lists = found.map((terms) => {
      const count = sum(terms, (term) => term.articles.length + term.entities.length);
      return { terms, idf: Math.log(1 + root.articles / count) };
    });
    const [size, tally] = [root.sizes[0], new Tally(filters, limit, (1 << words.length) - 1)];
    const inAll = (block) => lists.every(({ terms }) => terms.some(({ articles }) => someIn(articles, block * size, (block + 1) * size)));
    // The newest first: of hits that are worth the same, they stay.
    const numbers = range(0, root.blocks.length - 1).filter(inAll).reverse();
    const blocks = await Promise.all(numbers.map((block) => this.json(root.blocks[block])));
    tally.entities(lists);
    blocks.forEach((block, at) => tally.block(root, numbers[at], block, lists));
    const forms = new Map(found.flatMap((terms, word) => terms.flatMap((term) => term.forms.map((form) => [form, word]))));
    return { total: tally.total, hits: tally.best, counts: tally.counts, forms };
  }

  // The terms of a word: those that have the form; else those whose stem it begins with.
  async lookUp(root, word) {
    const shard = await this.file(root.words[1].substr(this.range(root.words, word) * 12, 12));
    if (!shard) return [];
    const terms = readTerms(shard);
    const same = terms.filter(({ forms }) => forms.includes(word));
    const near = ({ stem }) => stem.length > 3 && word.length - stem.length < 6 && word.startsWith(stem);
    const longest = Math.max(...terms.filter(near).map(({ stem }) => stem.length));
    const chosen = same.length > 0 ? same : terms.filter((term) => near(term) && term.stem.length === longest);
    return readPostings(shard, terms, new Set(chosen));
  }

  // Which range of the alphabet holds a word.
  range([firsts], word) {
    let [low, high] = [0, firsts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (compare(firsts[middle], word) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // --- files

  async root() {
    const root = await this.json("index");
    if (typeof root.words[0] === "string") for (const ranges of [root.words, root.names]) ranges[0] = ranges[0].split("\n");
    return root;
  }

  async json(name) {
    const bytes = await this.file(name);
    bytes.json ??= JSON.parse(new TextDecoder().decode(bytes));
    return bytes.json;
  }

  file(name) {
    if (!name) return Promise.resolve(null);
    if (!this.files.has(name)) this.files.set(name, this.load(name));
    return this.files.get(name);
  }

  async load(name) {
    // Other files are named by what they hold, and may be kept for ever.
    const response = await fetch(`${this.folder}${name}.bin`, name === "index" ? { cache: "no-cache" } : {});
    if (!response.ok) throw new Error(`${response.status}: ${name}.bin`);
    const plain = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  }

  // A site that was published again meanwhile has other files: asked for once more from the top.
  async fresh(question) {
    try {
      return await question();
    } catch {
      this.files.clear();
      return question();
    }
  }
}

// Counts hits and keeps the best of them.
class Tally {
  constructor(filters, limit, wanted) {
    Object.assign(this, { limit, wanted, total: 0, best: [], filters: FACETS.map((facet) => filters[facet]?.size > 0 && filters[facet]) });
    this.counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  }

  block(root, number, block, lists) {
    const [size, first] = [root.sizes[0], number * root.sizes[0]];
    const starts = [0];
    for (const facts of block.facts) starts.push(starts.at(-1) + facts.length);
    const of = { seen: new Uint16Array(size), score: new Float32Array(size) };
    const facts = { seen: new Uint16Array(starts.at(-1)), score: new Float32Array(starts.at(-1)) };
    lists.forEach(({ terms, idf }, word) => {
      for (const { articles, levels, masks, maskAt } of terms) {
        for (let at = lowest(articles, first); at < articles.length && articles[at] < first + size; at++) {
          const article = articles[at] - first;
          mark(of, article, word, levels[at] && idf * levels[at]);
          for (let byte = maskAt[at], fact = starts[article]; ; byte++, fact += 7) {
            for (let bit = 0; bit < 7; bit++) if (masks[byte] & (1 << bit)) mark(facts, fact + bit, word, idf * FACT);
            if (masks[byte] < 128) break;
          }
        }
      }
    });
    for (let article = block.facts.length - 1; article >= 0; article--) {
      if (!of.seen[article] && !facts.seen.subarray(starts[article], starts[article + 1]).some(Boolean)) continue;
      const values = [undefined, undefined, block.years[block.year[article] - 1], block.publishers[block.publisher[article] - 1], block.langs[block.lang[article] - 1]];
      const about = { block: number, article, publisher: values[3], lang: values[4] };
      if (of.seen[article] === this.wanted) this.add(of.score[article], "article", undefined, values, about);
      for (let at = starts[article]; at < starts[article + 1]; at++) {
        if (facts.seen[at] !== this.wanted) continue;
        const code = block.facts[article].charCodeAt(at - starts[article]) - 48;
        const [kind, status] = [root.kinds[Math.floor(code / root.statuses.length)], root.statuses[code % root.statuses.length]];
        this.add(facts.score[at], kind, status, values, about, at - starts[article]);
      }
    }
  }

  entities(lists) {
    const seen = new Map();
    lists.forEach(({ terms, idf }, word) => {
      for (const { entities, entityLevels } of terms) {
        entities.forEach((entity, at) => {
          const held = seen.get(entity) ?? seen.set(entity, { bits: 0, score: 0 }).get(entity);
          held.bits |= 1 << word;
          held.score += idf * entityLevels[at] * ENTITY;
        });
      }
    });
    for (const [entity, { bits, score }] of seen) if (bits === this.wanted) this.add(score, "entity", undefined, [], { entity });
  }

  // A hit counts for a facet when all other facets let it through.
  add(score, kind, status, values, about, fact) {
    [values[0], values[1]] = [kind, status];
    let [missed, where] = [0, -1];
    for (let at = 0; at < FACETS.length; at++) {
      if (this.filters[at] && !this.filters[at].has(values[at])) [missed, where] = [missed + 1, at];
    }
    if (missed > 1) return;
    for (let at = 0; at < FACETS.length; at++) {
      if ((missed && at !== where) || values[at] === undefined) continue;
      const counts = this.counts[FACETS[at]];
      counts.set(values[at], (counts.get(values[at]) ?? 0) + 1);
    }
    if (missed) return;
    this.total += 1;
    const full = this.best.length >= this.limit;
    if (full && this.best.at(-1).score >= score) return;
    const place = this.best.findIndex((hit) => hit.score < score);
    this.best.splice(place < 0 ? this.best.length : place, 0, { ...about, score, kind, status, fact });
    if (full) this.best.pop();
  }
}

function mark(list, at, word, worth) {
  if (!worth) return;
  list.seen[at] |= 1 << word;
  list.score[at] += worth;
}

// --- the bytes of a shard

function reader(bytes, at = 0) {
  const number = () => {
    let [value, scale, byte] = [0, 1, 128];
    while (byte > 127) {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    }
    return value;
  };
  return { number, byte: () => bytes[at++], run: (length) => bytes.subarray(at, (at += length)) };
}

function columns(shard) {
  const all = reader(shard);
  return [0, 1, 2, 3].map(() => all.run(all.number()));
}

function readTerms(shard) {
  const head = reader(columns(shard)[0]);
  const decoder = new TextDecoder();
  let before = new Uint8Array();
  const terms = range(1, head.number()).map(() => {
    const [count, stem] = [head.number(), head.byte()];
    const forms = range(1, count).map(() => {
      const [shared, rest] = [before.subarray(0, head.byte()), head.run(head.byte())];
      before = Uint8Array.of(...shared, ...rest);
      return before;
    });
    return { forms: forms.map((form) => decoder.decode(form)), stem: decoder.decode(forms[0].subarray(0, stem)) };
  });
  for (const term of terms) term.counts = [head.number(), head.number()];
  return terms;
}

// Gives the chosen terms their postings.
function readPostings(shard, terms, chosen) {
  const [, stepBytes, levels, masks] = columns(shard);
  const steps = reader(stepBytes);
  let [level, mask] = [0, 0];
  const take = (count) => {
    let last = 0;
    return Uint32Array.from({ length: count }, () => (last += steps.number()));
  };
  const filled = [];
  for (const term of terms) {
    const [articles, entities] = [take(term.counts[0]), take(term.counts[1])];
    const maskAt = new Uint32Array(articles.length);
    for (let at = 0; at < articles.length; at++) {
      maskAt[at] = mask;
      while (masks[mask++] > 127);
    }
    const here = levels.subarray(level, (level += articles.length));
    const entityLevels = levels.subarray(level, (level += entities.length));
    if (chosen.has(term)) filled.push({ ...term, articles, levels: here, masks, maskAt, entities, entityLevels });
  }
  return filled;
}

// --- a sentence

// The sentence of `text` that holds the most of the words, as runs: [words, whether they were asked for].
export function sentence(text, forms, longest = 280) {
  let [best, most] = ["", 0];
  for (const candidate of text.split(SENTENCE)) {
    const held = new Set(wordsOf(candidate).map(({ form }) => forms.get(form)).filter((word) => word !== undefined)).size;
    if (held > most) [best, most] = [candidate, held];
  }
  return runs(cut(best, forms, longest), forms);
}

// The text in runs.
export function runs(text, forms) {
  const parts = [];
  let done = 0;
  for (const { form, at, end } of wordsOf(text)) {
    if (!forms.has(form)) continue;
    parts.push([text.slice(done, at), false], [text.slice(at, end), true]);
    done = end;
  }
  return [...parts, [text.slice(done), false]].filter(([run]) => run);
}

function cut(text, forms, longest) {
  if (text.length <= longest) return text;
  const first = wordsOf(text).find(({ form }) => forms.has(form))?.at ?? 0;
  const begin = first < longest / 2 ? 0 : text.indexOf(" ", first - longest / 2) + 1;
  const end = text.lastIndexOf(" ", begin + longest);
  const rest = end <= first || begin + longest >= text.length ? text.slice(begin, begin + longest) : text.slice(begin, end);
  return (begin > 0 ? "… " : "") + rest + (begin + rest.length < text.length ? " …" : "");
}

// --- numbers

const range = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);

// The order of code points, in which the ranges stand.
function compare(a, b) {
  const [one, other] = [[...a], [...b]];
  for (let at = 0; at < one.length && at < other.length; at++) {
    const difference = one[at].codePointAt(0) - other[at].codePointAt(0);
    if (difference) return difference;
  }
  return one.length - other.length;
}

function lowest(sorted, from) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

const someIn = (sorted, from, to) => sorted[lowest(sorted, from)] < to;
