import { expect, it } from 'vitest';
import { LEARN_DEFAULTS, Learner } from '../../../plugin/training/learner.ts';

/** A host whose bursts the test ends. */
function makeHost() {
  const ends: (() => void)[] = [];
  let running = 0;
  return {
    ends,
    most: 0,
    stops: 0,
    resumes: 0,
    failures: [] as unknown[],
    failed(thrown: unknown): void {
      this.failures.push(thrown);
    },
    burst(): Promise<void> {
      this.most = Math.max(this.most, ++running);
      return new Promise((resolve) =>
        ends.push(() => {
          running--;
          resolve();
        }),
      );
    },
    resumed(): void {
      this.resumes++;
    },
    stopped(): void {
      this.stops++;
    },
  };
}

const steps = (learner: Learner, count: number): void => {
  for (let i = 0; i < count; i++) learner.stepped();
};
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function fail(): never {
  throw new Error('no worker');
}

it('begins a burst after enough new steps, never two at once', async () => {
  const host = makeHost();
  const learner = new Learner('duelist', { everySteps: 5, minSteps: 8 }, host);
  steps(learner, 7);
  expect(host.ends).toHaveLength(0);
  steps(learner, 1);
  expect(learner.state).toBe('training');
  steps(learner, 20);
  expect(host.ends).toHaveLength(1);
  host.ends[0]();
  await nextTask();
  // The twenty steps make one burst, not four.
  expect(host.ends).toHaveLength(2);
  host.ends[1]();
  await nextTask();
  expect(learner).toMatchObject({ bursts: 2, state: 'waiting' });
  expect(host.most).toBe(1);
});

it('pauses, resumes and stops', async () => {
  const host = makeHost();
  const learner = new Learner('duelist', { everySteps: 2, minSteps: 2 }, host);
  learner.pause();
  steps(learner, 5);
  expect(host.ends).toHaveLength(0);
  learner.resume();
  expect(host.ends).toHaveLength(1);
  learner.stop();
  learner.stop();
  host.ends[0]();
  await nextTask();
  steps(learner, 9);
  expect(host.ends).toHaveLength(1);
  expect(host.stops).toBe(1);
  expect(learner.state).toBe('stopped');
});

it.each([
  ['throws', () => fail()],
  ['rejects', async () => fail()],
])('continues after a burst that %s', async (_, burst: () => Promise<void>) => {
  const host = { ...makeHost(), burst };
  const learner = new Learner('duelist', { everySteps: 2, minSteps: 2 }, host);
  steps(learner, 2);
  await nextTask();
  expect(learner).toMatchObject({ state: 'waiting', bursts: 1 });
  expect(host.failures).toEqual([new Error('no worker')]);
  steps(learner, 2);
  await nextTask();
  expect(learner).toMatchObject({ state: 'waiting', bursts: 2 });
});

it('completes its options', () => {
  const { options } = new Learner('duelist', { training: { epochs: 2 } }, makeHost());
  expect(options).toEqual({
    ...LEARN_DEFAULTS,
    training: { ...LEARN_DEFAULTS.training, epochs: 2 },
  });
});

it('that paused for a failure keeps it until it is resumed', () => {
  const host = makeHost();
  const learner = new Learner('duelist', { everySteps: 2, minSteps: 2 }, host);
  learner.pause();
  learner.resume();
  expect(host.resumes).toBe(0);
  const failure = new Error('no worker');
  learner.pause(failure);
  learner.pause();
  steps(learner, 9);
  expect(learner).toMatchObject({ state: 'paused', failure });
  expect(host.ends).toHaveLength(0);
  learner.resume();
  expect(learner).toMatchObject({ state: 'training', failure: null });
  expect(host).toMatchObject({ resumes: 1 });
});
