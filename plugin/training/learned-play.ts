import type { TrainedOn } from '../../src/model/checkpoint.ts';

/** Notes what a model learns from while it is played, for what its checkpoint is trained on. */
export class LearnedPlay {
  /** Actions of the episodes so far, by character. */
  readonly #running = new Map<string, number[]>();
  readonly #ended: Uint16Array[] = [];
  #episodes = 0;
  #steps = 0;

  step(character: string, action: number): void {
    const actions = this.#running.get(character);
    if (actions) actions.push(action);
    else this.#running.set(character, [action]);
    if (!actions) this.#episodes++;
    this.#steps++;
  }

  end(character: string): void {
    const actions = this.#running.get(character);
    if (actions) this.#ended.push(Uint16Array.from(actions));
    this.#running.delete(character);
  }

  /** @param session in which it was played */
  trainedOn(session: string): TrainedOn {
    const running = Array.from(this.#running.values(), (actions) => Uint16Array.from(actions));
    return {
      sessions: this.#steps ? [session] : [],
      episodes: this.#episodes,
      steps: this.#steps,
      files: [],
      actions: [...this.#ended, ...running],
    };
  }
}
