import ts from 'typescript';

export interface Import {
  /** As written, without a bundler's query such as `?url`. */
  readonly specifier: string;
  /** `type` leaves no trace at run time, `lazy` is `import()`, `value` all else. */
  readonly kind: 'value' | 'type' | 'lazy';
  readonly line: number;
}

/** True for `import type`, and for `import { type A, type B }`. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  const { elements } = namedBindings;
  return elements.length > 0 && elements.every((element) => element.isTypeOnly);
}

function isTypeExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  return !!clause && ts.isNamedExports(clause) && clause.elements.every((one) => one.isTypeOnly);
}

/** The module that `node` imports and how, or undefined when it imports none. */
function importOf(node: ts.Node): [ts.Node, Import['kind']] | undefined {
  if (ts.isImportDeclaration(node)) {
    return [node.moduleSpecifier, isTypeImport(node.importClause) ? 'type' : 'value'];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return [node.moduleSpecifier, isTypeExport(node) ? 'type' : 'value'];
  }
  if (ts.isImportTypeNode(node)) return [node.argument, 'type'];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return [node.arguments[0]!, 'lazy'];
  }
  return undefined;
}

/**
 * Every import of a TypeScript file: imports, re-exports, `import('x').Type` and `import('x')`.
 * A lazy import of a computed name comes out as `<computed>`.
 */
export function readImports(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) {
      const [target, kind] = found;
      const literal = ts.isLiteralTypeNode(target) ? target.literal : target;
      const written = ts.isStringLiteralLike(literal) ? literal.text : '<computed>';
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      imports.push({ specifier: written.replace(/\?.*$/, ''), kind, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}
