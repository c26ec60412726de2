/** A stream of values that several readers can follow, each from where it begins to read. */
export class ProgressFeed<T> {
  #newest: Link<T> = { next: null, wake: [] };

  push(value: T): void {
    const link: Link<T> = { next: null, wake: [] };
    this.#follow({ value, link });
    this.#newest = link;
  }

  /** Ends every reader's loop. */
  end(): void {
    this.#follow('end');
  }

  async *read(): AsyncGenerator<T, void> {
    let at = this.#newest;
    for (;;) {
      const next = at.next ?? (await new Promise<Next<T>>((resolve) => at.wake.push(resolve)));
      if (next === 'end') return;
      yield next.value;
      at = next.link;
    }
  }

  #follow(next: Next<T>): void {
    this.#newest.next = next;
    for (const wake of this.#newest.wake) wake(next);
  }
}

type Next<T> = { readonly value: T; readonly link: Link<T> } | 'end';

interface Link<T> {
  next: Next<T> | null;
  wake: ((next: Next<T>) => void)[];
}
