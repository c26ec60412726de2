import { category, defineSpec, number } from '../../../src/core.ts';

export const FRAMES_PER_SECOND = 5;
/** Characters that are there from the beginning of a round to its end. */
export const CHARACTERS = 200;
/** Others, under names of their own, who come and leave every minute. */
export const VISITORS = 10;
/** Actions that a character does one after the other before it rests. */
export const COMBINATION = 2;
/** Simulated seconds from one session to the next. */
export const SESSION_SECONDS = 3600;
/** Simulated seconds to the first `train()`, and from one to the next. */
export const FIRST_TRAIN_SECONDS = 600;
export const TRAIN_SECONDS = 14_400;
export const SPEC = defineSpec({
  name: 'fighter',
  observation: [
    number('distance', { min: 0, max: 10 }),
    number('health', { min: 0, max: 1 }),
    category('stance', ['high', 'low']),
  ],
  action: ['strike', 'throw', 'block', 'wait'],
});

/** In the address of the page, behind the #, as JSON. */
export interface PageOptions {
  /** Simulated seconds from one restart of the scene to the next. */
  readonly roundSeconds: number;
  /** Simulated seconds from one combination of actions of a character to the next. */
  readonly actSeconds: number;
  /** Recordings that are kept. */
  readonly mostEpisodes: number;
  /** Keeps some of everything at each restart of the scene, so that a test sees it found. */
  readonly leaks: boolean;
}

/** A good half hour of recordings. */
export const PAGE_DEFAULTS: PageOptions = {
  roundSeconds: 600,
  actSeconds: 120,
  mostEpisodes: 1000,
  leaks: false,
};

/** What the game counts so far. */
export interface PlayCounts {
  /** Simulated ones. */
  readonly seconds: number;
  readonly steps: number;
  /** Small updates of the network, learned in play. */
  readonly updates: number;
  readonly trainings: number;
  readonly restarts: number;
  readonly recalls: number;
  readonly problems: readonly string[];
}

/** What the page reports of itself at one moment. */
export interface PageFigures {
  /** Of the emitters of Phaser and of the plugin. */
  readonly listeners: number;
  /** Game objects of the scene. */
  readonly objects: number;
  readonly episodes: number;
  /** Of recorded steps. */
  readonly bytes: number;
  /** Of kept models. */
  readonly keptBytes: number;
  /** Bytes that the browser states for everything stored. */
  readonly storage: number;
  readonly played: PlayCounts;
}

/** What the page makes public. */
export interface Played {
  /** Plays on for so many simulated seconds. */
  readonly play: (seconds: number) => Promise<void>;
  readonly figures: () => Promise<PageFigures>;
}
