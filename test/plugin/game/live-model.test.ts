import { expect, it } from 'vitest';
import { LiveModel, KEPT_ACCURACIES } from '../../../plugin/game/live-model.ts';
import { SPEC } from '../episodes.ts';

/** Tracks a character for one scored step, then lets it go. */
function visit(model: LiveModel, character: string): void {
  model.accuracy(character).score(0, 0);
  model.remove(character);
}

it('keeps the accuracy of a character that comes back, and forgets those that left long ago', () => {
  const model = new LiveModel('duelist', { spec: SPEC, checkpoint: null });
  model.accuracy('boss').score(0, 0);
  visit(model, 'hero');
  for (let i = 1; i < KEPT_ACCURACIES; i++) visit(model, `enemy-${i}`);
  visit(model, 'hero');
  expect(model.accuracy('hero').scored).toBe(2);
  model.remove('hero');
  for (let i = 0; i < KEPT_ACCURACIES; i++) visit(model, `other-${i}`);
  expect(model.accuracy('hero').scored).toBe(0);
  expect(model.accuracy('enemy-3').scored).toBe(0);
  expect(model.accuracy('other-0').scored).toBe(1);
  // It never left.
  expect(model.accuracy('boss').scored).toBe(1);
});

it('forgets no accuracy for characters that never had one', () => {
  const model = new LiveModel('duelist', { spec: SPEC, checkpoint: null });
  visit(model, 'hero');
  for (let i = 0; i < 2 * KEPT_ACCURACIES; i++) model.remove(`enemy-${i}`);
  expect(model.accuracy('hero').scored).toBe(1);
});
