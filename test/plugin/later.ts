/** A promise that the test settles. */
export interface Later<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export function later<T>(): Later<T> {
  let settle: Omit<Later<T>, 'promise'>;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle! };
}

/** Lets everything run that waits for a settled promise. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
