import type { Types } from '../../src/core.ts';

/** Options in the query of the page's address. */
export interface AddressOptions {
  /** Key of the scene to begin with. */
  readonly scene: string | null;
  /** Rounds a fighter must win, and seconds of a round; null = the defaults of the rules. */
  readonly rounds: number | null;
  readonly seconds: number | null;
  /** Seed of everything random; null = a new one each time. */
  readonly seed: number | null;
  /** 1 = as many canvas pixels as 800 x 450; null = what the window shows. */
  readonly sharpness: number | null;
  /** What trains; null = the plugin's default. */
  readonly engine: Types.EngineChoice | null;
}

const ENGINES: readonly Types.EngineChoice[] = ['auto', 'webgpu', 'wasm', 'cpu'];

/** Reads the query of an address. A value that is not in its range counts as absent. */
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
    engine: ENGINES.find((engine) => engine === given.get('engine')) ?? null,
  };
}
