/**
 * Finds the Chromium that the browser tests drive, installing it where that is safe to do.
 *
 * `node scripts/chromium.mjs` prints its path, or how to install one and exits with 1.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Flags for every Chromium a test starts. WebGPU needs only the first (without a GPU it then runs
 * on the software adapter); `--use-angle=vulkan` would break WebGL2, which Phaser draws with.
 */
export const CHROMIUM_FLAGS = [
  '--enable-unsafe-webgpu',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Places where installers for macOS and Windows put Chrome and Chromium. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(process.env.HOME ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    ]);
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, LOCALAPPDATA } = process.env;
    return [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ]);
  }
  return [];
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of an installed program, or undefined.
 *
 * @param {object} options
 * @param {string} options.variable of the environment, which wins
 * @param {readonly string[]} options.commands its names, looked for on the PATH
 * @param {readonly string[]} [options.places] where it may be besides
 * @returns {string | undefined}
 */
export function findProgram({ variable, commands, places = [] }) {
  const chosen = process.env[variable];
  if (chosen) {
    if (!isExecutable(chosen)) {
      throw new Error(`${variable} is ${chosen}, which cannot be executed. Correct or unset it.`);
    }
    return chosen;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...places].find(isExecutable);
}

/** Path of an installed Chromium or Chrome, or undefined. The CHROMIUM variable wins. */
export const findChromium = () =>
  findProgram({ variable: 'CHROMIUM', commands: COMMANDS, places: usualPlaces() });

/** Installs Chromium with apt-get; false where there is no apt-get or no right to use it. */
function installChromium() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return false;
  console.error('No Chromium found: installing the package chromium with apt-get.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = [['update'], ['install', '-y', 'chromium', 'fonts-dejavu-core']];
  return commands.every(
    // The child's output goes to stderr: stdout carries nothing but the path.
    (args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0,
  );
}

/**
 * Path of a Chromium, installed first if need be. Throws an error that names the fix where that fails.
 *
 * @returns {string}
 */
export function requireChromium() {
  const found = findChromium() ?? (installChromium() ? findChromium() : undefined);
  if (found) return found;
  throw new Error(
    [
      'The browser tests need Chromium or Chrome, and none was found. Install one:',
      '  Debian:   sudo apt-get update && sudo apt-get install chromium',
      '  Fedora:   sudo dnf install chromium',
      '  macOS:    brew install --cask google-chrome',
      '  Windows:  winget install Google.Chrome',
      'or set the variable CHROMIUM to the path of one that you have.',
    ].join('\n'),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(requireChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
