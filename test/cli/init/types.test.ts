import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { exampleFile } from '../../../src/cli/init/example.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STARTER = `${ROOT}starter`;
const EXAMPLE = `${STARTER}/src/foresight-example.ts`;

/** The faults that TypeScript finds in the starter, with these files added. */
function faultsOf(added: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile(`${STARTER}/tsconfig.json`, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, STARTER);
  const settings: ts.CompilerOptions = {
    ...options,
    // What an installed package would have in its declarations.
    allowImportingTsExtensions: true,
    noUncheckedIndexedAccess: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    types: ['@webgpu/types'],
    paths: {
      'phaser-foresight': [`${ROOT}plugin/index.ts`],
      'phaser-foresight/scene-types': [`${ROOT}plugin/scene-types.ts`],
    },
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => path in added || fileExists(path);
  host.readFile = (path) => added[path] ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) =>
    path in added
      ? ts.createSourceFile(path, added[path], version)
      : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([...fileNames, ...Object.keys(added)], settings, host);
  // Only these files: the others are checked with the whole project.
  return [...fileNames, ...Object.keys(added)]
    .flatMap((path) => {
      const file = program.getSourceFile(path);
      if (!file) throw new Error(`${path} is not in the program`);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    })
    .map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${file?.fileName.slice(STARTER.length)}: ${text}`;
    });
}

it('the starter and the example type-check in strict mode, and their mistakes do not', () => {
  const example = exampleFile({ isTypeScript: true, isScript: false });
  const wrong = `${STARTER}/src/wrong.ts`;
  const faults = faultsOf({
    [EXAMPLE]: example,
    [wrong]: example.replace("'kick', 'block'],", "'kick', 'duck'],"),
  });
  expect(faults.filter((fault) => !fault.startsWith('/src/wrong.ts'))).toEqual([]);
  expect(faults.join('\n')).toMatch(/wrong\.ts: .*block/);
});
