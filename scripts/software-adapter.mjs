/** Finds the software adapter for WebGPU that Chromium brings, for programs that run in Node. */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { findChromium } from './chromium.mjs';

const DRIVER = 'vk_swiftshader_icd.json';

/** Folders of Chromium's own files where the command on the PATH is a script that starts it. */
const USUAL_FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium',
  '/usr/lib64/chromium-browser',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
];

/**
 * Variables of the environment with which a process of Node gets the software adapter from the npm package
 * `webgpu`; null where there is none. They must be set before the process starts. On macOS and Windows
 * they are empty: the system brings an adapter.
 *
 * @returns {Record<string, string> | null}
 */
export function softwareAdapter() {
  if (process.platform !== 'linux') return {};
  const chromium = findChromium();
  const folders = [...(chromium ? [dirname(realpathSync(chromium))] : []), ...USUAL_FOLDERS];
  const folder = folders.find((one) => existsSync(join(one, DRIVER)));
  if (!folder) return null;
  const libraries = [process.env.LD_LIBRARY_PATH, folder].filter(Boolean).join(delimiter);
  return {
    VK_ICD_FILENAMES: join(folder, DRIVER),
    // The newer name of the same variable would take precedence.
    VK_DRIVER_FILES: join(folder, DRIVER),
    // Chromium brings the Vulkan loader too, which not every system has.
    LD_LIBRARY_PATH: libraries,
  };
}
