import { describe, expect, it } from 'vitest';
import { TrainingControl } from '../../src/train/control.ts';

/** Lets everything that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('TrainingControl', () => {
  it('lets a run through until it is paused, and again when it is resumed', async () => {
    const control = new TrainingControl();
    expect(await control.gate()).toBe(true);
    control.pause();
    expect(control.state).toBe('paused');
    let passed = 0;
    const gates = [control.gate(), control.gate()].map((gate) => gate.then(() => passed++));
    await settle();
    expect(passed).toBe(0);
    control.resume();
    await Promise.all(gates);
    expect(passed).toBe(2);
    expect(control.state).toBe('running');
  });

  it('holds a gate that is resumed and paused again at once', async () => {
    const control = new TrainingControl();
    control.pause();
    let passed = false;
    const gate = control.gate().then(() => (passed = true));
    control.resume();
    control.pause();
    await settle();
    expect(passed).toBe(false);
    control.resume();
    await gate;
  });

  it('ends a paused run on cancel, for good', async () => {
    const control = new TrainingControl();
    control.pause();
    const gate = control.gate();
    control.cancel();
    expect(await gate).toBe(false);
    control.pause();
    control.resume();
    expect(control.state).toBe('cancelled');
    expect(await control.gate()).toBe(false);
  });
});
