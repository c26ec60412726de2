/**
 * Part of `npm run lint`: reports words that this project replaces by plainer ones, in code, comments
 * and docs. Words are found in identifiers too: `atlasPicture` and `ATLAS_PICTURE` contain "picture".
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @typedef {object} Rule
 * @property {readonly string[]} words lower case, whole; a phrase has one space between its words
 * @property {string} write what to write instead
 * @property {string} why
 */

const NEUTRAL = 'a player, character or machine has no gender';
const REPORTS = 'code does not speak';
const DATED = 'dated or rare English';

/** @type {readonly Rule[]} */
export const RULES = [
  { words: ['he', 'she'], write: 'it or they', why: NEUTRAL },
  { words: ['him'], write: 'it or them', why: NEUTRAL },
  { words: ['his', 'her', 'hers'], write: 'its or their', why: NEUTRAL },
  { words: ['himself', 'herself'], write: 'itself or themselves', why: NEUTRAL },
  {
    words: ['picture', 'pictures'],
    write: 'frame, image or screenshot',
    why: 'it has three meanings',
  },
  { words: ['lately'], write: 'recent or recently', why: 'the field says "recent actions"' },
  { words: ['says', 'said'], write: 'reports, returns, gives, shows or states', why: REPORTS },
  { words: ['tells', 'told'], write: 'reports, receives or distinguishes', why: REPORTS },
  { words: ['tell of', 'tells of'], write: 'report', why: REPORTS },
  { words: ['asks'], write: 'reads, calls or requests', why: REPORTS },
  { words: ['news'], write: 'progress', why: 'training reports progress' },
  { words: ['sitting', 'sittings'], write: 'session', why: 'one word for one thing' },
  { words: ['nobody'], write: 'no one, nothing or no player', why: DATED },
  { words: ['whoever'], write: 'the player who, or anyone who', why: DATED },
  { words: ['one who', 'those who'], write: 'a player who, or players who', why: DATED },
  { words: ['goes on', 'go on', 'going on', 'went on'], write: 'continue', why: 'shorter' },
  { words: ['beside'], write: 'next to, additional or also', why: 'it has three meanings' },
  { words: ['anew', 'afresh'], write: 'again or new', why: DATED },
  { words: ['mend', 'mends', 'mended'], write: 'fix', why: DATED },
];

/**
 * @typedef {object} Exception
 * @property {string} file
 * @property {string} word
 * @property {string} why
 */

/** @type {readonly Exception[]} */
export const ALLOWED = [];

/** Files that are not read at all. */
export const SKIPPED = [
  'scripts/check-words.mjs', // The table itself.
  'test/scripts/check-words.test.ts',
  'src/kernels/wasm/binaries.ts', // Hexadecimal.
  'src/kernels/wasm/step-binaries.ts',
];

/** @type {ReadonlyMap<string, Rule>} */
const RULE_OF = new Map(RULES.flatMap((rule) => rule.words.map((word) => [word, rule])));
const LONGEST = Math.max(...[...RULE_OF.keys()].map((word) => word.split(' ').length));

/** A word, or a part of an identifier. */
const PARTS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;
/** What may stand between the words of a phrase: a line may end there, and its comment continue. */
const GAP = /^(?:[_-]|\s*(?:\*|\/\/|#|>)?\s*)$/;
/** Names that others gave: the HTML element. */
const FOREIGN = /<\/?picture\b|picture-in-picture/gi;

/**
 * The words of a text that are to be replaced, in their order.
 *
 * @param {string} text
 * @returns {{ line: number, word: string, write: string, why: string }[]} `line` counts from 1
 */
export function findWords(text) {
  const readable = text.replace(FOREIGN, (name) => ' '.repeat(name.length));
  const parts = [...readable.matchAll(PARTS)].map(({ 0: part, index }) => ({
    word: part.toLowerCase(),
    start: index,
    end: index + part.length,
  }));
  const found = [];
  for (const [i, { start }] of parts.entries()) {
    const rule = phrasesAt(parts, i, readable).find((phrase) => RULE_OF.has(phrase));
    if (rule === undefined) continue;
    const { write, why } = /** @type {Rule} */ (RULE_OF.get(rule));
    found.push({ line: readable.slice(0, start).split('\n').length, word: rule, write, why });
  }
  return found;
}

/**
 * The word at a place and the phrases that begin with it.
 *
 * @param {readonly { word: string, start: number, end: number }[]} parts
 * @param {number} first
 * @param {string} text
 */
function phrasesAt(parts, first, text) {
  const phrases = [parts[first].word];
  for (let i = first + 1; i < Math.min(parts.length, first + LONGEST); i++) {
    if (!GAP.test(text.slice(parts[i - 1].end, parts[i].start))) break;
    phrases.push(`${phrases[phrases.length - 1]} ${parts[i].word}`);
  }
  return phrases;
}

/**
 * The lines to print for one file.
 *
 * @param {string} file relative to the repository, with slashes
 * @param {string} text
 * @param {readonly Exception[]} [allowed]
 */
export function checkText(file, text, allowed = ALLOWED) {
  const exceptions = allowed.filter((exception) => exception.file === file);
  const inName = findWords(file).map((finding) => ({ ...finding, line: 'name' }));
  const found = [...inName, ...findWords(text)];
  const problems = found
    .filter(({ word }) => !exceptions.some((exception) => exception.word === word))
    .map(({ line, word, write, why }) => `${file}:${line}: "${word}": write ${write} (${why})`);
  const unused = exceptions
    .filter((exception) => !found.some(({ word }) => word === exception.word))
    .map(({ word }) => `${file}: "${word}" is allowed but does not occur: remove the exception`);
  return [...problems, ...unused];
}

/** @param {string} root */
function checkRepository(root) {
  const types = ['ts', 'mjs', 'md', 'py', 'html'].map((type) => `*.${type}`);
  const files = execFileSync('git', ['ls-files', '-z', ...types], { cwd: root, encoding: 'utf8' });
  return files
    .split('\0')
    .filter((file) => file && !SKIPPED.includes(file) && existsSync(`${root}/${file}`))
    .flatMap((file) => checkText(file, readFileSync(`${root}/${file}`, 'utf8')));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = checkRepository(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
