/**
 * What a file or a spec may hold. Readers check it before they allocate: a few bytes made on purpose could
 * request any amount of memory. Recordings of games stay far below. docs/formats.md lists the same numbers.
 */
export const LIMITS = {
  /** Arrays and objects inside each other, in JSON. */
  depth: 64,
  /** Characters of the name of a field, an action or a category. */
  nameLength: 1000,
  /** Actions are stored in 16 bits. */
  actions: 65_535,
  /** Categories of one field. */
  categories: 65_535,
  /** Fields, actions, choices and categories together. */
  names: 100_000,
  /** Numbers of one vector. */
  vector: 4096,
  /** Columns of all fields, of which a vector has several; also those of a CSV file. */
  columns: 16_384,
  /** Bytes that a gzipped file may unpack to when its reader allows as much as there can be: about one string. */
  unpacked: 512 * 2 ** 20,
  /** Bytes of the file of a player's profile, gzipped. */
  profile: 60_000,
} as const;

const MEGABYTE = 2 ** 20;

/** Bytes that a gzipped file of that many bytes may unpack to. Recordings shrink to a third, rarely to a tenth. */
export const unpackedRoom = (bytes: number): number =>
  Math.min(LIMITS.unpacked, 4 * MEGABYTE + 12 * bytes);

/** Bytes that the columns of episodes may take that were read from that many bytes or characters. */
export const columnRoom = (bytes: number): number => 32 * MEGABYTE + 8 * bytes;
