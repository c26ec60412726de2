import { afterEach, expect, it } from 'vitest';
import { ResizeHandle } from '../../../../plugin/panel/resize-handle.ts';

afterEach(() => document.body.replaceChildren());

function makeHandle(axis: 'x' | 'y'): { root: HTMLElement; size: () => number } {
  let size = 300;
  const handle = new ResizeHandle({
    label: 'Edge',
    axis,
    min: 240,
    max: () => 500,
    size: () => size,
    onSize: (next) => {
      size = next;
    },
  });
  handle.update();
  document.body.append(handle.root);
  // A pointer that was made by hand cannot be captured.
  handle.root.setPointerCapture = () => {};
  return { root: handle.root, size: () => size };
}

it.each([
  ['x', 'ArrowLeft', 'ArrowRight'],
  ['y', 'ArrowDown', 'ArrowUp'],
] as const)('moves along %s with keys, within its limits', (axis, more, less) => {
  const { root, size } = makeHandle(axis);
  const press = (key: string): number => {
    root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    return size();
  };
  expect(press(more)).toBe(320);
  expect(press(less)).toBe(300);
  expect(press('End')).toBe(500);
  expect(press(more)).toBe(500);
  expect(root.getAttribute('aria-valuenow')).toBe('500');
  expect(press('Home')).toBe(240);
  expect(press('x')).toBe(240);
});

it('follows the pointer while it is down', () => {
  const { root, size } = makeHandle('x');
  const point = (type: string, clientX: number): boolean =>
    root.dispatchEvent(new PointerEvent(type, { clientX, button: 0, cancelable: true }));
  expect(point('pointerdown', 100)).toBe(false);
  point('pointermove', 60);
  expect(size()).toBe(340);
  point('pointerup', 60);
  point('pointermove', 0);
  expect(size()).toBe(340);
});
