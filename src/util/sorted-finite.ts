/** All finite values of some columns, ascending. */
export function sortedFinite(columns: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  for (const column of columns)
    for (let i = 0; i < column.length; i++)
      if (Number.isFinite(column[i])) all[count++] = column[i];
  return all.subarray(0, count).sort();
}
