/** "812 B", "4.2 kB", "1.3 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit && bytes < 100 ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`;
}

/** "62%". */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}%`;

/** Writes days and times in short. */
export const formatDate = (locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
