import { expect, it } from 'vitest';
import { Turns } from '../../src/util/turns.ts';

it('does one work after the other, also after one that failed', async () => {
  const turns = new Turns();
  const order: string[] = [];
  let end = (): void => {};
  const first = turns.take(() => {
    order.push('first');
    return new Promise<void>((_, reject) => (end = () => reject(new Error('broken'))));
  });
  const second = turns.take(() => order.push('second'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(order).toEqual(['first']);
  end();
  await expect(first).rejects.toThrow('broken');
  expect(await second).toBe(2);
  expect(order).toEqual(['first', 'second']);
});
