/** Pauses, resumes and cancels one training run from outside. */
export class TrainingControl {
  #state: 'running' | 'paused' | 'cancelled' = 'running';
  #waiting: (() => void)[] = [];
  #moved = false;

  get state(): 'running' | 'paused' | 'cancelled' {
    return this.#state;
  }

  /** Whether the run is paused or has asked to continue since this was last called: a run that hangs does not. */
  showsLife(): boolean {
    const moved = this.#moved;
    this.#moved = false;
    return moved || this.#state === 'paused';
  }

  /** Stops the run before its next batch, until `resume`. Does nothing once cancelled. */
  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  /** Lets a paused run continue. */
  resume(): void {
    if (this.#state === 'paused') this.#state = 'running';
    this.#release();
  }

  /** Ends the run, also a paused one, before its next batch. Cannot be undone. */
  cancel(): void {
    this.#state = 'cancelled';
    this.#release();
  }

  /** Resolves once the run is not paused: to true when it may continue, to false when it was cancelled. */
  async waitWhilePaused(): Promise<boolean> {
    this.#moved = true;
    while (this.#state === 'paused')
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#state === 'running';
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
