import { describe, expect, it } from 'vitest';
import { controlHint, controlsHint, fightHint } from '../../../../demo/duel/scenes/hints.ts';
import { DEFAULT_BINDINGS } from '../../../../demo/duel/settings/bindings.ts';

const on = { predicts: true, learns: true, explains: false };

describe('hints', () => {
  it('name the keys that are bound', () => {
    const bindings = { ...DEFAULT_BINDINGS, strike: ['KeyQ'] };
    expect(controlHint('keys', 'strike', bindings)).toBe('Q');
    expect(controlsHint('keys', bindings).join()).toContain('Strike Q');
    expect(fightHint('keys', on)).toContain('Esc pause');
    expect(fightHint('keys', on)).toContain('N learning on    U undo fight    R reset');
  });

  it('name no key on a phone or with a pad', () => {
    for (const device of ['touch', 'pad'] as const) {
      const texts = [...controlsHint(device, DEFAULT_BINDINGS), fightHint(device, on)].join('  ');
      expect(texts).not.toMatch(/\b(Esc|Enter|Shift|[TPJKINUR])\b/);
    }
    expect(controlHint('touch', 'strike', DEFAULT_BINDINGS)).toBe('Strike');
    expect(controlHint('pad', 'strike', DEFAULT_BINDINGS)).toBe('A');
  });
});
