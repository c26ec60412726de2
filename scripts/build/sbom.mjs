import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import process from 'node:process';

/** What npm notes of packages that are installed for development; the code of these is in the package. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * The list of packages whose code is in what was built, as CycloneDX: npm's own list of all that the lockfile has,
 * less the others. The same sources give the same list.
 *
 * @param {object} options
 * @param {string} options.root the project's folder
 * @param {string} options.name of the package; npm gives its folder's
 * @param {ReadonlySet<string>} options.packages each as `name@version`
 * @throws when the lockfile lacks one of them
 */
export function sbom({ root, name, packages }) {
  const all = JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
      // npm is a batch file there.
      shell: process.platform === 'win32',
    }),
  );
  const self = all.metadata.component['bom-ref'];
  /** @param {{ 'bom-ref': string, properties: { name: string }[] }} component */
  const shipped = (component) => ({
    ...component,
    properties: component.properties.filter((one) => one.name !== DEVELOPMENT),
  });
  const components = all.components.filter((/** @type {{ 'bom-ref': string }} */ one) =>
    packages.has(one['bom-ref']),
  );
  if (components.length !== packages.size)
    throw new Error('The lockfile lacks packages that were built in: run npm install.');
  const { serialNumber: _serial, ...rest } = all;
  const { timestamp: _time, ...metadata } = all.metadata;
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name } },
    components: components.map(shipped),
    dependencies: all.dependencies
      .filter((/** @type {{ ref: string }} */ { ref }) => ref === self || packages.has(ref))
      .map((/** @type {{ ref: string, dependsOn: string[] }} */ { ref, dependsOn }) => ({
        ref,
        dependsOn: dependsOn.filter((one) => packages.has(one)),
      })),
  };
}

/**
 * Writes it to a file.
 *
 * @param {string} file
 * @param {Parameters<typeof sbom>[0]} options
 */
export const writeSbom = (file, options) =>
  writeFileSync(file, `${JSON.stringify(sbom(options), null, 2)}\n`);
