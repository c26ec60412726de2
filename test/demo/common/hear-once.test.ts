import { expect, it } from 'vitest';
import { hearOnce } from '../../../demo/common/hear-once.ts';

it('hears an event that is handed out again once, and every other one', () => {
  const heard: KeyboardEvent[] = [];
  const hear = hearOnce((event) => heard.push(event));
  // As Phaser does with three events of one frame; Node has no KeyboardEvent.
  const [down, up, other] = ['down', 'up', 'down'].map((key) => ({ key }) as KeyboardEvent);
  for (const event of [down, down, up, down, up, other]) hear(event);
  expect(heard).toEqual([down, up, other]);
});
