/** `npm run release:version`: writes the version of package.json to src/util/version.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE = join(ROOT, 'src/util/version.ts');

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const text = readFileSync(FILE, 'utf8');
writeFileSync(FILE, text.replace(/VERSION = '.*'/, `VERSION = '${version}'`));
