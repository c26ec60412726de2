import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TrainingControl } from '../../src/train/control.ts';

/** Resolves in a later task: promises that can settle have done so. */
const settle = (): Promise<void> => setImmediate();

describe('TrainingControl', () => {
  it('lets a run through until it is paused, and again when it is resumed', async () => {
    const control = new TrainingControl();
    expect(await control.waitWhilePaused()).toBe(true);
    control.pause();
    expect(control.state).toBe('paused');
    let passed = 0;
    const waits = [control.waitWhilePaused(), control.waitWhilePaused()].map((wait) =>
      wait.then(() => passed++),
    );
    await settle();
    expect(passed).toBe(0);
    control.resume();
    await Promise.all(waits);
    expect(passed).toBe(2);
    expect(control.state).toBe('running');
  });

  it('keeps a run waiting that is resumed and paused again at once', async () => {
    const control = new TrainingControl();
    control.pause();
    let passed = false;
    const wait = control.waitWhilePaused().then(() => (passed = true));
    control.resume();
    control.pause();
    await settle();
    expect(passed).toBe(false);
    control.resume();
    await wait;
  });

  it('shows that a run lives when it has asked to continue since, or is paused', async () => {
    const control = new TrainingControl();
    expect(control.showsLife()).toBe(false);
    await control.waitWhilePaused();
    expect([control.showsLife(), control.showsLife()]).toEqual([true, false]);
    control.pause();
    expect([control.showsLife(), control.showsLife()]).toEqual([true, true]);
    control.cancel();
    expect(control.showsLife()).toBe(false);
  });

  it('ends a paused run on cancel, for good', async () => {
    const control = new TrainingControl();
    control.pause();
    const wait = control.waitWhilePaused();
    control.cancel();
    expect(await wait).toBe(false);
    control.pause();
    control.resume();
    expect(control.state).toBe('cancelled');
    expect(await control.waitWhilePaused()).toBe(false);
  });
});
