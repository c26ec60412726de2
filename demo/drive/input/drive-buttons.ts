import type { TouchButton } from '../../common/touch-pad.ts';
import type { DriveControl } from './drive-input.ts';

/** The buttons on the screen. */
export const DRIVE_BUTTONS: readonly TouchButton<DriveControl>[] = [
  { control: 'left', sign: 'left', corner: 'left', inwards: 48, up: 96 },
  { control: 'right', sign: 'right', corner: 'left', inwards: 136, up: 96 },
  { control: 'gas', sign: { word: 'Gas' }, corner: 'right', inwards: 52, up: 132 },
  { control: 'brake', sign: { word: 'Brake' }, corner: 'right', inwards: 116, up: 76 },
];
