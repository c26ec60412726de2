import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../scripts/build.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let built: Promise<string> | undefined;

/** Builds the package once for all test files; resolves to its folder, with a slash at its end. */
export function builtPackage(): Promise<string> {
  built ??= buildPackage(`${ROOT}dist`).then(() => `${ROOT}dist/`);
  return built;
}
