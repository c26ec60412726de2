/** Pixels per metre. */
export const SCALE = 7;

/** Depths of the layers. */
export const DEPTH = {
  ground: 0,
  skids: 2,
  path: 6,
  cars: 10,
  hud: 50,
  banner: 60,
} as const;

/** Colours, as Phaser takes them. */
export const COLOURS = {
  foreseen: 0xffd23f,
  constantVelocity: 0xb9c4d6,
  player: 0x2f7df6,
  rival: 0xe8453c,
} as const;

export const cssColour = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;
