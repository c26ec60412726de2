import { describe, expect, it } from 'vitest';
import {
  CONTROLS,
  DEFAULT_BINDINGS,
  keyName,
  keyNames,
  parseBindings,
  rebind,
  reservedFor,
} from '../../../../demo/duel/settings/bindings.ts';
import type { Bindings } from '../../../../demo/duel/settings/bindings.ts';

const keysOf = (bindings: Bindings): string[] => CONTROLS.flatMap((control) => bindings[control]);

describe('rebind', () => {
  it('binds only the new key to a control', () => {
    const changed = rebind(DEFAULT_BINDINGS, 'strike', 'KeyQ');
    expect(changed.strike).toEqual(['KeyQ']);
    expect({ ...changed, strike: DEFAULT_BINDINGS.strike }).toEqual(DEFAULT_BINDINGS);
  });

  it('takes the key from the control that had it', () => {
    const changed = rebind(DEFAULT_BINDINGS, 'strike', 'KeyL');
    expect(changed.strike).toEqual(['KeyL']);
    expect(changed.block).toEqual(['ArrowDown', 'KeyS']);
  });

  it('gives the old key to a control that would be left without one', () => {
    const one = rebind(DEFAULT_BINDINGS, 'throw', 'KeyB');
    const two = rebind(rebind(one, 'strike', 'KeyG'), 'strike', 'KeyB');
    expect(two.strike).toEqual(['KeyB']);
    expect(two.throw).toEqual(['KeyG']);
  });

  it('never lets one key serve two controls, nor leaves a control without one', () => {
    let bindings = DEFAULT_BINDINGS;
    CONTROLS.forEach((control, i) => {
      bindings = rebind(bindings, control, keysOf(bindings)[(i * 5) % keysOf(bindings).length]);
      expect(parseBindings(bindings)).toEqual(bindings);
    });
  });

  it('does not bind reserved keys', () => {
    expect(rebind(DEFAULT_BINDINGS, 'jump', 'Escape')).toBe(DEFAULT_BINDINGS);
    expect(reservedFor('KeyT')).toContain('training');
    expect(reservedFor('KeyQ')).toBeNull();
  });

  it('changes nothing when the key is the same', () => {
    const once = rebind(DEFAULT_BINDINGS, 'jump', 'KeyB');
    expect(rebind(once, 'jump', 'KeyB')).toEqual(once);
  });
});

describe('parseBindings', () => {
  it.each([
    ['nothing', null],
    ['a list', []],
    ['a control missing', { ...DEFAULT_BINDINGS, jump: undefined }],
    ['no key', { ...DEFAULT_BINDINGS, jump: [] }],
    ['one key twice', { ...DEFAULT_BINDINGS, jump: ['KeyJ'] }],
    ['a reserved key', { ...DEFAULT_BINDINGS, jump: ['Escape'] }],
    ['no name of a key', { ...DEFAULT_BINDINGS, jump: ['<b>'] }],
    ['a number', { ...DEFAULT_BINDINGS, jump: [7] }],
  ])('refuses %s', (_name, value) => {
    expect(parseBindings(value)).toBeNull();
  });
});

it('names keys by their labels', () => {
  expect(keyName('KeyJ')).toBe('J');
  expect(keyName('Digit4')).toBe('4');
  expect(keyName('ArrowLeft')).toBe('←');
  expect(keyName('NumpadAdd')).toBe('Numpad Add');
  expect(keyNames(['ShiftLeft', 'ShiftRight', 'KeyO'])).toBe('Shift  O');
});
