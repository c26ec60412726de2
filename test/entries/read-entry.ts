import ts from 'typescript';

export interface EntryNames {
  /** Functions, classes and constants. */
  readonly values: readonly string[];
  readonly types: readonly string[];
  /** Files whose types are exported under one name, by that name. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * The names that an entry exports, in the order of the alphabet.
 *
 * @throws for anything but lists of names and namespaces of types: `export *` would let out names by accident
 */
export function readEntry(text: string): EntryNames {
  const [values, types]: [string[], string[]] = [[], []];
  const namespaces = new Map<string, string>();
  for (const statement of ts.createSourceFile('entry.ts', text, ts.ScriptTarget.Latest)
    .statements) {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    const typesOnly = ts.isExportDeclaration(statement) && statement.isTypeOnly;
    if (clause && ts.isNamedExports(clause))
      for (const { name, isTypeOnly } of clause.elements)
        (isTypeOnly || typesOnly ? types : values).push(name.text);
    else if (clause && typesOnly && ts.isStringLiteral(statement.moduleSpecifier!))
      namespaces.set(clause.name.text, statement.moduleSpecifier.text);
    else
      throw new Error(
        `An entry only lists names, but this has "${text.slice(statement.pos, statement.end).trim()}".`,
      );
  }
  return { values: values.sort(), types: types.sort(), namespaces };
}
