import { NO_INTENT } from '../rules/index.ts';
import type { Intent } from '../rules/index.ts';

/** The controls that keys can be bound to. */
export type Control = keyof Intent;

export const CONTROLS = Object.keys(NO_INTENT) as readonly Control[];

/** `KeyboardEvent.code`s of each control; the first one is shown. */
export type Bindings = Readonly<Record<Control, readonly string[]>>;

export const DEFAULT_BINDINGS: Bindings = {
  left: ['ArrowLeft', 'KeyA'],
  right: ['ArrowRight', 'KeyD'],
  jump: ['ArrowUp', 'KeyW'],
  strike: ['KeyJ', 'KeyZ'],
  throw: ['KeyK', 'KeyX'],
  block: ['ArrowDown', 'KeyS', 'KeyL'],
  fireball: ['KeyI', 'KeyC'],
  dash: ['ShiftLeft', 'ShiftRight', 'KeyO'],
};

/** Name of each control on the screen. */
export const CONTROL_NAMES: Readonly<Record<Control, string>> = {
  left: 'Left',
  right: 'Right',
  jump: 'Jump',
  strike: 'Strike',
  throw: 'Throw',
  block: 'Block',
  fireball: 'Fireball',
  dash: 'Dash',
};

/** Keys with another meaning in the fight, and that meaning. */
const RESERVED: Readonly<Record<string, string>> = {
  Escape: 'pauses',
  Enter: 'chooses in menus',
  KeyT: 'opens training mode',
  KeyP: 'switches predictions',
  KeyM: 'switches the sound',
  KeyN: 'switches learning',
  KeyU: 'undoes a fight',
  KeyR: 'resets what was learned',
};

/** The meaning of a reserved key; null when the key can be bound. */
export const reservedFor = (code: string): string | null => RESERVED[code] ?? null;

/**
 * Binds one key to a control, as its only key. Another control loses that key; if it has no key left,
 * it gets the first control's old one. Reserved keys change nothing.
 */
export function rebind(bindings: Bindings, control: Control, code: string): Bindings {
  if (reservedFor(code)) return bindings;
  const freed = bindings[control].find((one) => one !== code) ?? null;
  const changed = { ...bindings, [control]: [code] };
  for (const other of CONTROLS) {
    if (other === control || !bindings[other].includes(code)) continue;
    const left = bindings[other].filter((one) => one !== code);
    changed[other] = left.length || freed === null ? left : [freed];
  }
  return changed;
}

/** Reads bindings from any value; null when a control has no key or two controls share one. */
export function parseBindings(value: unknown): Bindings | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: Partial<Record<Control, readonly string[]>> = {};
  const used = new Set<string>();
  for (const control of CONTROLS) {
    const codes: unknown = Reflect.get(value, control);
    if (!Array.isArray(codes) || codes.length === 0 || codes.length > 4) return null;
    for (const code of codes as unknown[]) {
      if (typeof code !== 'string' || !/^\w{1,24}$/.test(code) || reservedFor(code)) return null;
      if (used.has(code)) return null;
      used.add(code);
    }
    found[control] = [...(codes as string[])];
  }
  return found as Bindings;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ShiftLeft: 'Shift',
  ShiftRight: 'Right Shift',
  ControlLeft: 'Ctrl',
  ControlRight: 'Right Ctrl',
  AltLeft: 'Alt',
  AltRight: 'Right Alt',
};

/** Approximate label of a key: `KeyJ` is J. */
export const keyName = (code: string): string =>
  KEY_NAMES[code] ?? code.replace(/^(Key|Digit)/, '').replace(/([a-z])(?=[A-Z0-9])/g, '$1 ');

/** Labels of all keys of a control. */
export const keyNames = (codes: readonly string[]): string => {
  const names = codes.map(keyName).filter((name) => name !== 'Right Shift' || codes.length === 1);
  return names.join('  ');
};
