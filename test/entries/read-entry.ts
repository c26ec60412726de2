import ts from 'typescript';

export interface EntryNames {
  /** Functions, classes and constants. */
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/**
 * The names that an entry exports, in the order of the alphabet.
 *
 * @throws for anything but lists of names: `export *` would let out names by accident
 */
export function readEntry(text: string): EntryNames {
  const [values, types]: [string[], string[]] = [[], []];
  for (const statement of ts.createSourceFile('entry.ts', text, ts.ScriptTarget.Latest)
    .statements) {
    const list = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (!ts.isExportDeclaration(statement) || !list || !ts.isNamedExports(list))
      throw new Error(
        `An entry only lists names, but this has "${text.slice(statement.pos, statement.end).trim()}".`,
      );
    for (const { name, isTypeOnly } of list.elements)
      (isTypeOnly || statement.isTypeOnly ? types : values).push(name.text);
  }
  return { values: values.sort(), types: types.sort() };
}
