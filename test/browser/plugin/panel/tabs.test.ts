import { afterEach, expect, it } from 'vitest';
import { Tabs } from '../../../../plugin/panel/tabs.ts';

afterEach(() => document.body.replaceChildren());

const press = (key: string): boolean =>
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

it('go round with arrow keys, one of them in the order of the Tab key', () => {
  const chosen: string[] = [];
  const tabs = new Tabs(
    ['one', 'two', 'three'].map((name) => ({ name, title: name, content: [] })),
    { label: 'Numbers', onSelect: (name) => chosen.push(name) },
  );
  document.body.append(tabs.list, ...tabs.panels);
  const buttons = [...tabs.list.querySelectorAll('button')];
  buttons[0].focus();
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Home', 'End', 'x']) press(key);
  expect(chosen).toEqual(['two', 'one', 'three', 'one', 'three']);
  expect(document.activeElement).toBe(buttons[2]);
  expect(buttons.map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
  expect(buttons.map((button) => button.getAttribute('aria-selected'))).toEqual([
    'false',
    'false',
    'true',
  ]);
  expect(tabs.panels.map(({ hidden }) => hidden)).toEqual([true, true, false]);
  expect(tabs.panels[2].getAttribute('aria-labelledby')).toBe(buttons[2].id);
});
