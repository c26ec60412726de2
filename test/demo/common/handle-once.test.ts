import { expect, it } from 'vitest';
import { handleOnce } from '../../../demo/common/handle-once.ts';

it('handles an event that Phaser emits repeatedly only once', () => {
  const handled: KeyboardEvent[] = [];
  const handle = handleOnce((event) => handled.push(event));
  // What Phaser emits for three events of one frame. Node has no KeyboardEvent.
  const [down, up, other] = ['down', 'up', 'down'].map((key) => ({ key }) as KeyboardEvent);
  for (const event of [down, down, up, down, up, other]) handle(event);
  expect(handled).toEqual([down, up, other]);
});
