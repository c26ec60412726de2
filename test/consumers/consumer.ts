import type { Project } from './harness/project.ts';
import type { Files } from './harness/game-text.ts';

/** A project that was built and is served. */
export interface Served {
  /** Of its page. */
  readonly url: string;
  close(): Promise<void>;
}

/** A kind of project in which people make Phaser games. */
export interface Consumer {
  readonly name: string;
  /** The package whose version the table shows, as the toolbox names it; null for none. */
  readonly tool: string | null;
  /** What its author does to use the package, in one line of Markdown. */
  readonly setUp: string;
  /** Packages that its author installed: see ProjectOptions. */
  readonly packages: readonly string[];
  files(): Promise<Files>;
  /** Builds the project and serves it. The caller closes it. */
  serve(project: Project): Promise<Served>;
}

export const NPM_INSTALL = '`npm install phaser-foresight`';
