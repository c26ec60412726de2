import { existsSync } from 'node:fs';
import ts from 'typescript';
import { PRELUDES } from './preludes.ts';
import { ROOT } from './read-markdown.ts';
import type { CodeBlock, MarkdownFile } from './read-markdown.ts';

/** The entries of the package, as their sources: the check needs no build. */
const ENTRIES: Readonly<Record<string, string>> = {
  'phaser-foresight': 'plugin/index.ts',
  'phaser-foresight/core': 'src/core.ts',
  'phaser-foresight/lab': 'src/lab.ts',
  'phaser-foresight/tfjs': 'src/tfjs.ts',
  'phaser-foresight/scene-types': 'plugin/scene-types.ts',
};

/** Where blocks are, for the compiler: packages are found from there. */
const FOLDER = `${ROOT}test/docs/blocks/`;

/** A block as a file of the program. */
interface CodeFile {
  readonly path: string;
  readonly text: string;
  /** Line of the page of a line of the file, both from 1. */
  pageLine(line: number): number;
  readonly page: string;
}

const LANGUAGES = new Set(['ts', 'js']);

export const languageOf = ({ info }: CodeBlock): string => info.split(' ')[0];

/** The name of the file that a block is; undefined for a fragment. */
const nameOf = ({ info }: CodeBlock): string | undefined =>
  info.split(' ').find((word) => /\.[jt]s$/.test(word));

/** Blocks that are left out, with the reason that the comment before each gives. */
export const isUnchecked = ({ info }: CodeBlock): boolean => info.split(' ').includes('no-check');

/** Every block in TypeScript or JavaScript that is not left out. */
export const checkedBlocks = (page: MarkdownFile): CodeBlock[] =>
  page.blocks.filter((block) => LANGUAGES.has(languageOf(block)) && !isUnchecked(block));

/** Moves the imports of a fragment in front of its prelude, without changing the number of its lines. */
function withPrelude({ text, comment, line }: CodeBlock): { text: string; firstLine: number } {
  const name = /^prelude: (?<name>[\w-]+)$/.exec(comment)?.groups?.name;
  if (name === undefined) return { text: `${text}\nexport {};\n`, firstLine: 1 };
  const prelude = PRELUDES[name];
  if (!prelude) throw new Error(`There is no prelude "${name}" (line ${line}).`);
  const source = ts.createSourceFile('block.ts', text, ts.ScriptTarget.Latest);
  const imports = source.statements.filter(ts.isImportDeclaration);
  let body = text;
  for (const one of imports) {
    const [from, to] = [one.getStart(source), one.getEnd()];
    body = body.slice(0, from) + body.slice(from, to).replace(/[^\n]/g, ' ') + body.slice(to);
  }
  const head = [
    ...imports.map((one) => one.getText(source).replaceAll('\n', ' ')),
    prelude.before.trim().replaceAll(/\s*\n\s*/g, ' '),
    '',
  ].join('\n');
  return { text: `${head}${body}\n${prelude.after}\n`, firstLine: head.split('\n').length };
}

/** The files of a page: the blocks with names of their own form a small project, all others are alone. */
function filesOf(page: MarkdownFile): CodeFile[] {
  const folder = FOLDER + page.path.replaceAll(/[^\w]+/g, '-');
  return checkedBlocks(page).map((block, i) => {
    const { text, firstLine } = withPrelude(block);
    const extension = languageOf(block);
    return {
      path: `${folder}/${nameOf(block) ?? `block-${i + 1}.${extension}`}`,
      text,
      page: page.path,
      pageLine: (line) => block.line + line - firstLine,
    };
  });
}

const MAY_AUGMENT = /^import 'phaser-foresight\/scene-types';/m;

/**
 * Compiles every block of the pages and returns the errors, with page and line.
 *
 * @param shared a page whose named files all pages may import
 */
export function checkCode(pages: readonly MarkdownFile[], shared?: MarkdownFile): string[] {
  const files = pages.flatMap(filesOf);
  const given = shared ? filesOf(shared) : [];
  // Types that a block adds to Phaser would hide what others lack.
  const [augmenting, plain] = [true, false].map((wanted) =>
    files.filter(({ text }) => MAY_AUGMENT.test(text) === wanted),
  );
  const first = check(plain, { among: [...files, ...given] });
  const second = check(augmenting, { among: [...files, ...given], before: first.program });
  return [...first.errors, ...second.errors];
}

function check(
  files: readonly CodeFile[],
  { among, before }: { among: readonly CodeFile[]; before?: ts.Program },
): { program: ts.Program; errors: string[] } {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node', '@webgpu/types'],
    strict: true,
    checkJs: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: Object.fromEntries(
      Object.entries(ENTRIES)
        .filter(([, path]) => existsSync(ROOT + path))
        .map(([name, path]) => [name, [ROOT + path]]),
    ),
  };
  const texts = new Map(among.map(({ path, text }) => [path, text] as const));
  // A page without a file of that name uses the shared one.
  const sharedText = (path: string): string | undefined =>
    path.startsWith(FOLDER)
      ? among.find((one) => one.path.endsWith(`/${path.split('/').slice(-2).join('/')}`))?.text
      : undefined;
  const textOf = (path: string): string | undefined => texts.get(path) ?? sharedText(path);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile, fileExists, directoryExists } = host;
  host.readFile = (path) => textOf(path) ?? readFile(path);
  host.fileExists = (path) => textOf(path) !== undefined || fileExists(path);
  host.directoryExists = (path) => path.startsWith(FOLDER.slice(0, -1)) || directoryExists!(path);
  host.getSourceFile = (path, settings) => {
    const text = textOf(path);
    if (text !== undefined) return ts.createSourceFile(path, text, settings);
    return before?.getSourceFile(path) ?? getSourceFile(path, settings);
  };
  const program = ts.createProgram(
    files.map(({ path }) => path),
    options,
    host,
    before,
  );
  const errors = files.flatMap((file) => {
    const source = program.getSourceFile(file.path);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map(({ start = 0, messageText }) => {
      const { line } = source!.getLineAndCharacterOfPosition(start);
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${file.page}:${file.pageLine(line + 1)} ${message}`;
    });
  });
  return { program, errors };
}
