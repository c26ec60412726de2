import { ForesightError } from '../util/error.ts';

/** Throws `bad-config` if one of the options (its default when left out) is not a whole number of at least 1. */
export function requireCounts<Name extends string>(
  what: string,
  options: { readonly [N in Name]?: number },
  defaults: Readonly<Record<Name, number>>,
): void {
  for (const name of Object.keys(defaults) as Name[]) {
    const value = options[name] ?? defaults[name];
    if (!(Number.isInteger(value) && value >= 1))
      throw new ForesightError(
        'bad-config',
        `${what} cannot have ${name} ${value}. Give a whole number of at least 1, for example ${name}: ${defaults[name]}.`,
      );
  }
}
