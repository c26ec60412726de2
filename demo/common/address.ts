/** What the page's address may ask for, behind its `?`. */
export interface AddressOptions {
  /** Key of the scene to begin with. */
  readonly scene: string | null;
  /** Rounds a fighter must win, and seconds of a round; null = as the rules say. */
  readonly rounds: number | null;
  readonly seconds: number | null;
  /** Seed of everything that is drawn by chance; null = another one each time. */
  readonly seed: number | null;
  /** Canvas pixels per world px; null = as the window is. */
  readonly sharpness: number | null;
}

/** Reads an address's search part; what is no number in its range counts as absent. */
export function parseAddress(search: string): AddressOptions {
  const given = new URLSearchParams(search);
  const number = (name: string, least: number, most: number): number | null => {
    const text = given.get(name);
    const value = text ? Number(text) : NaN;
    return value >= least && value <= most ? value : null;
  };
  const whole = (name: string, least: number, most: number): number | null => {
    const value = number(name, least, most);
    return value !== null && Number.isInteger(value) ? value : null;
  };
  return {
    scene: given.get('scene'),
    rounds: whole('rounds', 1, 9),
    seconds: number('seconds', 1, 600),
    seed: whole('seed', 0, 2 ** 31 - 1),
    sharpness: number('sharpness', 0.5, 4),
  };
}
