/**
 * Work in slices of about a millisecond, which a game has time for within a frame. It yields between two of them, and
 * never where there is but one; at the end it returns the result.
 */
export type Slices<T> = Generator<void, T, void>;

/** Does all of it at once. */
export function finish<T>(work: Slices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does what is left of it, on a page with a pause before each slice. */
export async function finishSlowly(work: Slices<unknown>): Promise<void> {
  do await drawMeanwhile();
  while (!work.next().done);
}

/** Lets a page draw and take input; does nothing elsewhere. A timer would do as well, but 4 ms later. */
async function drawMeanwhile(): Promise<void> {
  if (typeof document === 'undefined') return;
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  port1.close();
}
