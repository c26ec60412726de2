import { dirname } from 'node:path/posix';
import ts from 'typescript';

export interface EntryDeclarations {
  /** File of an entry's declarations. */
  readonly entry: string;
  /** File of the core's, where the types may be named too. */
  readonly core?: string;
}

interface Exported {
  readonly name: string;
  /** What is declared under that name. */
  readonly type: ts.Symbol;
  /** Whether only the package makes its objects: the entry exports no value of that name. */
  readonly made: boolean;
}

/**
 * Types in the signatures of an entry's functions and classes that no entry exports, as
 * `Recorder: EpisodeHeader`: a program could receive them, but not write them down.
 */
export function unnamedTypes({ entry, core }: EntryDeclarations): string[] {
  const program = ts.createProgram({
    rootNames: core ? [entry, core] : [entry],
    options: { noLib: true, types: [], noResolve: false, skipLibCheck: true },
  });
  const checker = program.getTypeChecker();
  const target = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  /** With those of its namespaces, which have only types: `Types.RolloutOptions` is a name too. */
  const namesIn = (module: ts.Symbol, typesOnly = false): Exported[] =>
    checker
      .getExportsOfModule(module)
      .flatMap((symbol) =>
        target(symbol).flags & ts.SymbolFlags.Module
          ? namesIn(target(symbol), true)
          : [{ name: symbol.name, type: target(symbol), made: typesOnly || isTypeOnly(symbol) }],
      );
  const exportsOf = (file: string): Exported[] =>
    namesIn(checker.getSymbolAtLocation(program.getSourceFile(file)!)!);
  const own = exportsOf(entry);
  const named = new Set([...own, ...(core ? exportsOf(core) : [])].map(({ type }) => type));
  const found = new Set<string>();
  for (const { name, type, made } of own)
    for (const declaration of type.declarations ?? [])
      if (ts.isClassDeclaration(declaration) || ts.isFunctionDeclaration(declaration))
        visitTypes(declaration, made, function check(reference): void {
          const symbol = checker.getSymbolAtLocation(reference);
          const part = symbol && target(symbol);
          if (!part || !isIn(dirname(entry), part) || named.has(part)) return;
          const alias = part.declarations!.find(ts.isTypeAliasDeclaration);
          // An alias without parameters is as good as what it stands for.
          if (alias && !alias.typeParameters) visitTypes(alias.type, false, check);
          else found.add(`${name}: ${part.name}`);
        });
  return [...found].sort();
}

/** Whether it is declared in the folder of the entry, and not the parameter of a generic type. */
const isIn = (folder: string, { flags, declarations = [] }: ts.Symbol): boolean =>
  !(flags & ts.SymbolFlags.TypeParameter) &&
  declarations.some((one) => dirname(one.getSourceFile().fileName) === folder);

const isTypeOnly = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((one) => ts.isExportSpecifier(one) && one.isTypeOnly);

/**
 * Calls `visit` with the name of every type that a declaration refers to.
 *
 * @param made whether only the package makes its objects: their constructor is then of no interest
 */
function visitTypes(node: ts.Node, made: boolean, visit: (name: ts.EntityName) => void): void {
  if (made && ts.isConstructorDeclaration(node)) return;
  if (ts.isTypeReferenceNode(node)) visit(node.typeName);
  ts.forEachChild(node, (child) => visitTypes(child, made, visit));
}
