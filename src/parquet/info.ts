import * as v from 'valibot';
import { specSchema } from '../record/spec-schema.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { count } from '../util/number-schema.ts';
import type { Feature } from './columns.ts';

/** A file of an export. */
export interface FileEntry {
  /** In the folder of the export, with "/". */
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** meta/info.json. Its first keys are those of LeRobot's data sets, version 3. */
export interface Info {
  readonly codebase_version: 'v3.0';
  readonly robot_type: string;
  readonly fps: number;
  readonly total_episodes: number;
  readonly total_frames: number;
  readonly total_tasks: 0;
  readonly chunks_size: number;
  readonly data_files_size_in_mb: number;
  readonly splits: { readonly train: string };
  readonly data_path: string;
  readonly video_path: null;
  readonly features: Readonly<Record<string, Feature>>;
  /** What makes the columns episodes again. */
  readonly spec: CharacterSpec;
  readonly spec_hash: string;
  /** Steps by action, in the order of the spec. */
  readonly action_counts: readonly number[];
  readonly files: readonly FileEntry[];
}

/** The part of an Info that is read back; other programs may leave out the files, and add what they like. */
export const infoSchema = v.looseObject({
  spec: specSchema,
  files: v.optional(v.array(v.looseObject({ path: v.string(), bytes: count, sha256: v.string() }))),
});
