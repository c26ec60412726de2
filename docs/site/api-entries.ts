/** An entry of the package and its page of the API. */
export interface ApiEntry {
  readonly name: string;
  /** Its page below `api/`, without `.md`. */
  readonly page: string;
}

/** The entries that have a page, as typedoc writes them. */
export const API_ENTRIES: readonly ApiEntry[] = [
  { name: 'phaser-foresight', page: 'phaser-foresight' },
  { name: 'phaser-foresight/core', page: 'core' },
  { name: 'phaser-foresight/lab', page: 'lab' },
  { name: 'phaser-foresight/tfjs', page: 'tfjs' },
];
