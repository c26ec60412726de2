import { Presets, SingleBar } from 'cli-progress';
import type { TrainingProgress } from '../train/progress.ts';
import { duration } from './table.ts';

/** Shows a training run on a stream, on a terminal and in a log file alike. */
export class ProgressBar {
  readonly #stream: NodeJS.WritableStream;
  #bar: SingleBar | null = null;
  /** The lowest figure on held-out sessions, and what it is: the log-loss of the action, if any is learned. */
  #best = NaN;
  #figure = 'log-loss';

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  update(progress: TrainingProgress): void {
    const { epoch, epochs, batch, batches, loss, secondsLeft } = progress;
    const { heldOutLogLoss, heldOutLoss } = progress;
    if (!this.#bar) {
      this.#bar = new SingleBar(
        {
          format: 'epoch {epoch}/{epochs} {bar} {percentage} %  loss {loss}{heldOut}  {left} left',
          stream: this.#stream,
          // A log file gets a line every few seconds in place of a line that redraws itself.
          noTTYOutput: true,
          notTTYSchedule: 5000,
          barsize: 24,
          hideCursor: true,
        },
        Presets.shades_classic,
      );
      this.#bar.start(epochs * batches, 0, { epoch, epochs, loss: '-', heldOut: '', left: '?' });
    }
    const heldOut = heldOutLogLoss ?? heldOutLoss;
    if (heldOut !== undefined && !(heldOut >= this.#best)) {
      this.#best = heldOut;
      this.#figure = heldOutLogLoss === undefined ? 'loss' : 'log-loss';
    }
    this.#bar.update((epoch - 1) * batches + batch, {
      epoch,
      epochs,
      loss: loss.toFixed(3),
      heldOut: Number.isFinite(this.#best)
        ? `  held-out ${this.#figure} ${this.#best.toFixed(3)}`
        : '',
      left: duration(secondsLeft),
    });
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}
