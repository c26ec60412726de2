import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Deadline } from '../../src/worker/client-deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const passed = vi.fn<() => void>();
const start = (ms: number): Deadline => {
  passed.mockClear();
  return new Deadline(() => ms, passed);
};

it('passes once, when its time is over', () => {
  start(1000);
  vi.advanceTimersByTime(999);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(passed).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  expect(passed).toHaveBeenCalledTimes(1);
});

it('is put off by progress', () => {
  const deadline = start(1000);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(900);
    deadline.progress();
  }
  vi.advanceTimersByTime(900);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(350);
  expect(passed).toHaveBeenCalledTimes(1);
});

it('does not pass once it has ended, whatever wakes it', () => {
  start(1000).end();
  vi.advanceTimersByTime(5000);
  expect(passed).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('takes time in which the page slept for a part of it', () => {
  start(1000);
  // The clock jumps by an hour; the timer that was due in between fires once.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.runOnlyPendingTimers();
  vi.advanceTimersByTime(749);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(passed).toHaveBeenCalledTimes(1);
});

it('may be without end', () => {
  start(Infinity);
  vi.advanceTimersByTime(86_400_000);
  expect(passed).not.toHaveBeenCalled();
});
