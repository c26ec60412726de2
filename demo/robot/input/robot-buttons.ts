import type { TouchButton } from '../../common/touch-pad.ts';

/** What the buttons on the screen do: drive by hand, change the driver, take another room. */
export type RobotControl = 'left' | 'right' | 'up' | 'driver' | 'room';

export const ROBOT_BUTTONS: readonly TouchButton<RobotControl>[] = [
  { control: 'left', sign: 'left', corner: 'left', inwards: 48, up: 60 },
  { control: 'right', sign: 'right', corner: 'left', inwards: 128, up: 60 },
  { control: 'up', sign: 'up', corner: 'right', inwards: 48, up: 60 },
  { control: 'driver', sign: { word: 'Driver' }, corner: 'right', inwards: 48, up: 140 },
  { control: 'room', sign: { word: 'Room' }, corner: 'right', inwards: 126, up: 60 },
];
