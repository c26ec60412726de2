import { afterEach, expect, it } from 'vitest';
import { guardKeys } from '../../../../plugin/panel/guard-keys.ts';

afterEach(() => document.body.replaceChildren());

it('keeps keys from the window, but not the end of one that was pressed outside', () => {
  const root = document.createElement('section');
  document.body.append(root);
  let left = 0;
  guardKeys(root, () => left++);
  const heard: string[] = [];
  const hear = ({ type, code }: KeyboardEvent): number => heard.push(`${type} ${code}`);
  window.addEventListener('keydown', hear);
  window.addEventListener('keyup', hear);
  const key = (target: Element, type: 'keydown' | 'keyup', code: string): boolean =>
    target.dispatchEvent(new KeyboardEvent(type, { key: code, code, bubbles: true }));
  key(document.body, 'keydown', 'KeyD');
  key(root, 'keydown', 'Enter');
  key(root, 'keyup', 'KeyD');
  key(root, 'keyup', 'Enter');
  key(root, 'keydown', 'Escape');
  window.removeEventListener('keydown', hear);
  window.removeEventListener('keyup', hear);
  expect(heard).toEqual(['keydown KeyD', 'keyup KeyD']);
  expect(left).toBe(1);
});
