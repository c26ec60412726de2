// The name that the published file has, as for foresight.webgpu.js. A worker imports it when it is to read a file.
import { VERSION } from '../util/version.ts';
import { readCheckpoint, ReadEpisodes } from './read-file.ts';

// Left here and not exported: Parcel bundles the file once more, and drops its exports.
Object.assign(globalThis, {
  [Symbol.for('phaser-foresight/reader')]: { VERSION, readCheckpoint, ReadEpisodes },
});
