/** A measured number with three digits or more, or "-" for none. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** "webgpuVsTfjsWebgpu  45.9 times" for each ratio, the other's time divided by ours. */
export function ratioLines(ratios: Readonly<Record<string, number | null>>): string {
  return Object.entries(ratios)
    .map(([name, value]) => `${name}: ${value === null ? '-' : `${figure(value)} times`}`)
    .join('\n');
}

/** "tfjs-cpu: why it has no time" for each row with a note. */
export function noteLines(rows: readonly { engine: string; note?: string }[]): readonly string[] {
  return rows.flatMap(({ engine, note }) => (note ? [`${engine}: ${note}`] : []));
}
