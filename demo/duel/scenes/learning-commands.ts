import type * as Phaser from 'phaser';
import type { ForesightPlugin } from '../../../plugin/index.ts';
import { heldDevice } from '../../common/held-device.ts';
import type { PauseEntry } from '../../common/menu/pause-menu.ts';
import { onPress } from '../../common/on-press.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { sharedFair, sharedTrust } from './rival.ts';

export interface LearningOptions {
  readonly foresight: ForesightPlugin;
  /** Shows a line. */
  readonly say: (text: string) => void;
  /** Called when something is forgotten, with the line that reports it: play begins again. Default: shows the line. */
  readonly forgotten?: (text: string) => void;
}

/** Time in which the second press of a reset counts, ms. */
const AGAIN_MS = 5000;
/** Rounds that are looked at to find those of the last fight; a fight has at most 17. */
const MOST_ROUNDS = 20;

/** Key of `meta` that the rounds of one fight share. */
export const FIGHT = 'fight';

/** What a player can do about the learning, each with a key of its own: stop it, undo the last fight, delete it all. */
export class LearningCommands {
  readonly #scene: Phaser.Scene;
  readonly #options: LearningOptions;
  #askedAt = -Infinity;

  constructor(scene: Phaser.Scene, options: LearningOptions) {
    this.#scene = scene;
    this.#options = options;
    onPress(scene, 'N', () => this.toggle());
    onPress(scene, 'U', () => this.undo());
    onPress(scene, 'R', () => this.reset());
  }

  /** The same for a menu. A reset is chosen twice. */
  entries(): PauseEntry[] {
    const key = (name: string): string => (heldDevice() === 'keys' ? name : '');
    const { foresight } = this.#options;
    return [
      {
        label: 'Learning',
        value: () => `${foresight.learnFromPlay ? 'on' : 'off'}   ${key('N')}`.trim(),
        run: () => this.toggle(),
      },
      { label: 'Undo last fight', value: () => key('U'), run: () => this.undo(), closes: true },
      {
        label: 'Reset',
        value: () => (this.#asked ? 'sure?' : key('R')),
        run: () => this.reset(),
      },
    ];
  }

  toggle(): void {
    const { foresight, say } = this.#options;
    foresight.learnFromPlay = !foresight.learnFromPlay;
    say(
      foresight.learnFromPlay
        ? 'Learning is on.'
        : 'Learning is off: nothing learns from what you play now.',
    );
  }

  /** Removes the rounds of the newest fight, and has the model know the player from what is left. */
  undo(): void {
    this.#follow(async () => {
      const { recordings, models } = this.#options.foresight;
      const newest = (await recordings.list(DUEL_SPEC)).slice(-MOST_ROUNDS).map(({ id }) => id);
      const rounds = await recordings.load(DUEL_SPEC, new Set(newest));
      const last = rounds.at(-1);
      if (!last) throw new Error('There is no fight to undo.');
      const fight = last.meta[FIGHT];
      const gone = rounds.filter(({ id, meta }) =>
        fight === undefined ? id === last.id : meta[FIGHT] === fight,
      );
      await recordings.remove(gone.map(({ id }) => id));
      models.get(DUEL_SPEC.name).restore();
      return 'The last fight is forgotten.';
    });
  }

  /** Deletes everything about the player, at the second call. */
  reset(): void {
    if (!this.#asked) {
      this.#askedAt = this.#scene.time.now;
      this.#options.say(
        'Once more to delete all recordings of you and what was learned from them.',
      );
      return;
    }
    this.#askedAt = -Infinity;
    this.#follow(async () => {
      await this.#options.foresight.clearAll();
      sharedFair().reset();
      sharedTrust().reset();
      return 'Everything about you is deleted.';
    });
  }

  get #asked(): boolean {
    return this.#scene.time.now - this.#askedAt < AGAIN_MS;
  }

  #follow(work: () => Promise<string>): void {
    const { say, forgotten } = this.#options;
    work()
      .then((text) => (forgotten ?? say)(text))
      .catch((thrown: unknown) => say(thrown instanceof Error ? thrown.message : String(thrown)));
  }
}
