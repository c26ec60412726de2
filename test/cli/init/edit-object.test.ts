import { describe, expect, it } from 'vitest';
import { addProperty, objectAt, propertiesOf } from '../../../src/cli/init/edit-object.ts';
import { maskCode } from '../../../src/cli/init/mask-code.ts';

describe('maskCode', () => {
  it.each([
    ['a // }\n}', 'a     \n}'],
    ['/* { */ }', '        }'],
    [`'{' + "}"`, `' ' + " "`],
    [`'\\'}' }`, `'   ' }`],
    ['`}${ { a: `}` } }{`', '`                 `'],
    ['x = /[/}]\\/}/g; }', 'x = /       /g; }'],
    ['a / b / { c }', 'a / b / { c }'],
    ['return /}/;', 'return / /;'],
    ['<p>it is</p>{a}', '<p>it is</p>{a}'],
    [`<p>it's {</p>\n}`, `<p>it'       \n}`],
    [`'never ends`, `'          `],
    ['`never ends ${', '`             '],
    ['/* never ends', '             '],
  ])('%s', (text, masked) => {
    // An unclosed quote reaches to the end of its line.
    expect(maskCode(text)).toBe(masked);
    expect(maskCode(text)).toHaveLength(text.length);
  });
});

describe('addProperty', () => {
  it.each([
    ['{}', '{ p: 1 }'],
    ['{\n}', '{ p: 1 }'],
    ['{a}', '{a, p: 1}'],
    ['{ a: { b } }', '{ a: { b }, p: 1 }'],
    ['{ a, }', '{ a, p: 1 }'],
    ['{\n\ta\n}', '{\n\ta,\n\tp: 1\n}'],
    ['{\n    a: 2, // two,\n  }', '{\n    a: 2, // two,\n    p: 1,\n  }'],
    ['{\n  a // one\n}', '{\n  a, // one\n  p: 1\n}'],
    ['{\n  // none yet\n}', '{\n  // none yet\n  p: 1\n}'],
    ['{ a: [\n  1\n] }', '{ a: [\n  1\n],\n  p: 1\n}'],
  ])('%j', (text, expected) => {
    const place = objectAt(maskCode(text), 0)!;
    expect(addProperty(text, place, 'p: 1')).toBe(expected);
  });
});

describe('propertiesOf', () => {
  it('finds those of the object itself', () => {
    const text = `{ a: { b: 1 }, ...c, 'd': [{ e }], f() { g; }, "h-i": j, /* k */ l }`;
    const place = objectAt(maskCode(text), 0)!;
    const found = propertiesOf(text, place).map(({ name, isSpread }) =>
      isSpread ? `...${name}` : name,
    );
    expect(found).toEqual(['a', '...c', 'd', 'f', 'h-i', 'l']);
  });

  it('finds no object where none closes', () => {
    expect(objectAt('{ (', 0)).toBeNull();
    expect(objectAt('(', 0)).toBeNull();
  });
});
