import { afterEach, expect, it } from 'vitest';
import { adoptStyles } from '../../../../plugin/panel/adopt-styles.ts';

afterEach(() => document.body.replaceChildren());

const added = (parent: ParentNode): HTMLElement => {
  const one = document.createElement('p');
  parent.append(one);
  return one;
};

it('styles an element until it is taken back, next to the styles of others', () => {
  const one = added(document.body);
  const ends = [adoptStyles(one, 'p { width: 10px }'), adoptStyles(one, 'p { height: 20px }')];
  expect(one.getBoundingClientRect()).toMatchObject({ width: 10, height: 20 });
  ends[0]();
  expect(one.offsetWidth).not.toBe(10);
  expect(one.offsetHeight).toBe(20);
  ends[1]();
  expect(document.adoptedStyleSheets).toEqual([]);
});

it('styles an element in a shadow tree, and nothing outside', () => {
  const outside = added(document.body);
  const inside = added(added(document.body).attachShadow({ mode: 'open' }));
  const end = adoptStyles(inside, 'p { width: 10px }');
  expect(inside.offsetWidth).toBe(10);
  expect(outside.offsetWidth).not.toBe(10);
  end();
  expect(inside.offsetWidth).not.toBe(10);
});
