import type { ForesightEvents, TypedEmitter } from '../game/events.ts';
import { LossHistory } from './loss-history.ts';

/** Events that a panel shows. */
const SHOWN = [
  'progress',
  'activity',
  'trained',
  'learned',
  'error',
  'storage-error',
  'warning',
] as const;

type Shown = (typeof SHOWN)[number];

export type PanelListeners = {
  [K in keyof ForesightEvents]?: (payload: ForesightEvents[K]) => void;
};

/** What happened to a model before its panel was loaded: its losses, and the newest event of each kind. */
export class PanelHistory {
  /** While it was trained: on what it trained on, and held out. */
  readonly losses = new LossHistory();
  /** In play: with learning, and with the weights from before. */
  readonly recent = new LossHistory();
  readonly #events: TypedEmitter<ForesightEvents>;
  readonly #key: string;
  /** In the order in which they happened. */
  readonly #newest = new Map<Shown, ForesightEvents[Shown]>();
  readonly #listeners: readonly (readonly [Shown, (payload: ForesightEvents[Shown]) => void])[];

  /** @param key of the model */
  constructor(events: TypedEmitter<ForesightEvents>, key: string) {
    this.#events = events;
    this.#key = key;
    this.#listeners = SHOWN.map((event) => [event, (payload) => this.#note(event, payload)]);
    for (const [event, listener] of this.#listeners) events.on(event, listener);
  }

  /** Passes the newest events to the listeners of a panel. */
  replay(listeners: PanelListeners): void {
    for (const [event, payload] of this.#newest)
      (listeners[event] as ((payload: unknown) => void) | undefined)?.(payload);
  }

  destroy(): void {
    for (const [event, listener] of this.#listeners) this.#events.off(event, listener);
  }

  #note(event: Shown, payload: ForesightEvents[Shown]): void {
    if ('key' in payload && payload.key !== undefined && payload.key !== this.#key) return;
    if ('progress' in payload) this.losses.add(payload.progress.loss, payload.progress.heldOutLoss);
    if ('frozen' in payload) this.recent.add(payload.learned.logLoss, payload.frozen.logLoss);
    this.#newest.delete(event);
    this.#newest.set(event, payload);
  }
}
