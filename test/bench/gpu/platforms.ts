import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder of the npm package `webgpu`. */
export const WEBGPU = fileURLToPath(new URL('../../../node_modules/webgpu', import.meta.url));

/** Systems that the package `webgpu` has an implementation for, as `linux-x64`. */
export const platforms = (): readonly string[] => readdirSync(join(WEBGPU, 'dist'));

/** The system of this machine, by that name. */
export const thisPlatform = (): string =>
  process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`;
