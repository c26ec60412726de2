import 'vitest';

declare module 'vitest' {
  /** What the configuration hands to tests through `inject`. */
  interface ProvidedContext {
    /** Major version of Phaser in this browser project. */
    phaserMajor: number;
    /** Address of the built demo; only in the e2e project. */
    demoUrl: string;
    /** Folder of the built demo; empty where another server has it. */
    demoFolder: string;
  }
}
