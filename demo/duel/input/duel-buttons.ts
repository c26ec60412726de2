import type { TouchButton } from '../../common/touch-pad.ts';
import type { Control } from '../settings/bindings.ts';

/** The buttons on the screen. */
export const DUEL_BUTTONS: readonly TouchButton<Control>[] = [
  { control: 'left', sign: 'left', corner: 'left', inwards: 44, up: 92 },
  { control: 'right', sign: 'right', corner: 'left', inwards: 124, up: 92 },
  { control: 'jump', sign: 'up', corner: 'left', inwards: 84, up: 158 },
  { control: 'dash', sign: { word: 'Dash' }, corner: 'left', inwards: 164, up: 40 },
  { control: 'block', sign: { word: 'Block' }, corner: 'right', inwards: 134, up: 48 },
  { control: 'strike', sign: { word: 'Strike' }, corner: 'right', inwards: 54, up: 68 },
  { control: 'throw', sign: { word: 'Throw' }, corner: 'right', inwards: 44, up: 144 },
  { control: 'fireball', sign: { word: 'Fire' }, corner: 'right', inwards: 118, up: 126 },
];
