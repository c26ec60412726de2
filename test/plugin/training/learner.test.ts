import { beforeAll, expect, it } from 'vitest';
import { LiveModel } from '../../../plugin/game/live-model.ts';
import { loadPredicting } from '../../../plugin/game/predicting.ts';
import { LEARN_DEFAULTS, Learner } from '../../../plugin/training/learner.ts';
import type { LearnOptions, LearnerHost } from '../../../plugin/training/learner.ts';
import type { Checkpoint } from '../../../src/model/checkpoint.ts';
import { stepAt } from '../../../src/record/episode.ts';
import { LearningRun } from '../../../src/worker/client-learning.ts';
import type { PlayEvent } from '../../../src/worker/protocol.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { habitualEpisodes } from '../../predict/habitual.ts';
import { ENGINE, SCORES } from '../../worker/reports.ts';

const set = habitualEpisodes({ sessions: 1, length: 60, seed: 1 });
const [episode] = set.episodes;
const [shipped, other] = [1, 2].map((seed) =>
  randomCheckpoint(set, { seed, model: { contexts: 2 } }),
);
// So that weights are used at once, as in a game that read or trained them.
beforeAll(loadPredicting);

/** What a learner works with: each message of play gives weights, those of `other` unless set. */
class Host implements LearnerHost {
  readonly model: LiveModel;
  readonly learner: Learner;
  readonly messages: (readonly PlayEvent[])[] = [];
  readonly failures: unknown[] = [];
  begun = 0;
  ended = 0;
  stops = 0;
  resumes = 0;
  steps = 0;
  isOurTurn = true;
  /** Recorded steps at each training from scratch. */
  readonly fits: number[] = [];
  /** Called once, while the steps are counted. */
  whileCounting = (): void => {};
  /** Throws in place of beginning. */
  fault: Error | null = null;
  /** What is learned. */
  learned = other.weights;
  #at = 0;

  constructor(checkpoint: Checkpoint | null, options: LearnOptions = {}) {
    this.model = new LiveModel('duelist', { spec: set.spec, checkpoint });
    this.learner = new Learner('duelist', options, this);
  }

  mayLearn(): boolean {
    return this.isOurTurn;
  }

  async recorded(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve));
    const { steps, whileCounting } = this;
    this.whileCounting = () => {};
    whileCounting();
    return steps;
  }

  async fit(): Promise<void> {
    this.fits.push(this.steps);
    if (this.fault) throw this.fault;
    const trainedOn = { ...shipped.trainedOn, steps: this.steps };
    this.model.swap({ ...shipped, trainedOn });
  }

  async begin(): Promise<LearningRun> {
    this.begun++;
    if (this.fault) throw this.fault;
    let updates = 0;
    return new LearningRun(
      {
        begin: async () => ({ ok: true, engine: ENGINE }),
        observe: async (events) => {
          this.messages.push(events);
          const figures = { updates: ++updates, rollbacks: 0, learned: SCORES, frozen: SCORES };
          return { ok: true, learned: { ...figures, weights: this.learned, engine: ENGINE } };
        },
        stop: async () => void this.ended++,
      },
      {
        onLearned: ({ weights, ...figures }) => {
          if (!this.learner.take(figures)) return;
          this.model.learn({ ...this.model.checkpoint!, weights });
        },
        onError: (error) => this.learner.runFailed(error),
      },
    );
  }

  failed(thrown: unknown): void {
    this.failures.push(thrown);
  }

  resumed(): void {
    this.resumes++;
  }

  stopped(): void {
    this.stops++;
  }

  /** The character makes so many steps; resolves when they have been learned from, and frames have passed. */
  async play(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const step = { ...stepAt(episode, this.#at % episode.length), tick: 10 * this.#at++ };
      this.model.observe('hero', step);
      this.steps++;
      this.learner.observe('hero', step);
    }
    for (let i = 0; i < 50 && this.learner.state === 'learning'; i++)
      await new Promise((resolve) => setTimeout(resolve));
    for (let frame = 0; frame < 5; frame++) this.model.advance();
  }
}

const actionsOf = (events: readonly PlayEvent[]): (number | string)[] =>
  events.map((event) => (event.kind === 'step' ? event.step.tick : event.kind));

it('sends what a character does, with the votes of its experts at each step', async () => {
  const host = new Host(shipped);
  await host.play(3);
  expect(host.messages.flatMap(actionsOf)).toEqual([0, 10, 20]);
  expect(host.begun).toBe(1);
  const votes = host.messages.flat().map((event) => event.kind === 'step' && event.votes!.logs);
  expect(votes[2]).toEqual(host.model.predictor!.experts('hero')!.logs);
  expect(votes[1]).not.toEqual(votes[2]);
  expect(host.learner.updates).toBeGreaterThan(0);
  expect(host.model.checkpoint!.weights).toEqual(other.weights);
  host.learner.ended('hero');
  await host.play(1);
  expect(host.messages.flatMap(actionsOf).slice(3)).toEqual(['end', 30]);
});

it('leaves out what a character does until its experts have the contexts of new weights', async () => {
  const host = new Host(shipped);
  await host.play(2);
  const contexts = randomCheckpoint(set, { seed: 3, model: { contexts: 4 } });
  host.learned = contexts.weights;
  host.model.swap(contexts);
  await host.play(2);
  expect(host.messages.flatMap(actionsOf)).toEqual([0, 10]);
  await host.play(1);
  expect(host.messages.flatMap(actionsOf)).toEqual([0, 10, 'end', 40]);
  const [last] = host.messages.at(-1)!.slice(-1);
  expect(last.kind === 'step' && last.votes!.logs).toHaveLength(
    contexts.shape.experts! * contexts.shape.actions,
  );
});

it('leaves out what is done while it is paused, and stops for good', async () => {
  const host = new Host(shipped);
  await host.play(2);
  const { updates } = host.learner;
  host.learner.pause();
  expect(host.learner.state).toBe('paused');
  await host.play(5);
  host.learner.resume();
  await host.play(1);
  expect(host.messages.flatMap(actionsOf)).toEqual([0, 10, 'end', 70]);
  expect(host.learner.updates).toBeGreaterThan(updates);
  expect(host.begun).toBe(1);
  host.learner.stop();
  host.learner.stop();
  expect({ stops: host.stops, ended: host.ended }).toEqual({ stops: 1, ended: 1 });
  await host.play(9);
  expect(host.messages.flatMap(actionsOf)).toHaveLength(4);
  expect(host.learner.state).toBe('stopped');
});

it('leaves out what is done while another tab learns', async () => {
  const host = new Host(shipped);
  await host.play(2);
  host.isOurTurn = false;
  await host.play(5);
  expect(host.learner.state).toBe('waiting');
  host.isOurTurn = true;
  await host.play(1);
  expect(host.messages.flatMap(actionsOf)).toEqual([0, 10, 'end', 70]);
});

it('trains a model without weights from scratch, and again whenever its steps have doubled', async () => {
  const host = new Host(null, { freshSteps: 40 });
  for (let i = 0; i < 100; i++) await host.play(1);
  // The 16th step is counted while it learns; it is trained on at the next one at the latest.
  expect(host.fits).toHaveLength(3);
  [8, 16, 32].forEach((steps, i) => {
    expect(host.fits[i]).toBeGreaterThanOrEqual(steps);
    expect(host.fits[i]).toBeLessThanOrEqual(steps + 3);
  });
  expect(host.begun).toBe(3);
  expect(host.ended).toBe(2);
});

it('does not train on what is deleted while it is counted', async () => {
  const host = new Host(null);
  host.whileCounting = () => {
    host.steps = 0;
    host.model.restore();
  };
  await host.play(10);
  expect(host.fits).toEqual([]);
  await host.play(8);
  expect(host.fits).toEqual([8]);
});

it('never trains a shipped model from scratch', async () => {
  const host = new Host(shipped, { minSteps: 1 });
  await host.play(50);
  expect(host.fits).toEqual([]);
});

it('begins again from other weights, and forgets what waited for the old ones', async () => {
  const host = new Host(shipped);
  await host.play(4);
  const before = host.learner.updates;
  expect(before).toBeGreaterThan(0);
  host.model.replace(other);
  host.learner.refresh();
  expect(host.ended).toBe(1);
  expect(host.learner.figures).toBeNull();
  expect(host.learner.updates).toBe(before);
  await host.play(4);
  expect(host.begun).toBe(2);
  expect(host.learner.updates).toBeGreaterThan(before);
});

it.each([null, shipped])('continues after it could not begin', async (checkpoint) => {
  const host = new Host(checkpoint, { minSteps: 2 });
  host.fault = new Error('no worker');
  await host.play(4);
  expect(host.failures).toContainEqual(new Error('no worker'));
  expect(host.learner).toMatchObject({ state: 'waiting', updates: 0 });
  host.fault = null;
  await host.play(4);
  await host.play(4);
  expect(host.learner.updates).toBeGreaterThan(0);
});

it('completes its options', () => {
  const { options } = new Host(shipped, { rate: 1e-4 }).learner;
  expect(options).toEqual({ ...LEARN_DEFAULTS, rate: 1e-4 });
});

it('that paused for a failure keeps it until it is resumed', () => {
  const host = new Host(shipped);
  const { learner } = host;
  learner.pause();
  learner.resume();
  expect(host.resumes).toBe(0);
  const failure = new Error('no worker');
  learner.pause(failure);
  learner.pause();
  expect(learner).toMatchObject({ state: 'paused', failure });
  learner.resume();
  expect(learner.failure).toBeNull();
  expect(host.resumes).toBe(1);
});
