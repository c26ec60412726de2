/** Colours of one fighter, CSS; `glow` as 0xRRGGBB, for lights. */
export interface Palette {
  /** Cut of clothes and head: a white gi with a headband, or a dark one with a mask and a scarf. */
  readonly cut: 'gi' | 'mask';
  readonly skin: string;
  readonly skinShade: string;
  readonly hair: string;
  readonly cloth: string;
  readonly clothShade: string;
  readonly accent: string;
  readonly accentShade: string;
  readonly wrap: string;
  readonly outline: string;
  readonly glow: number;
}

export const PLAYER_PALETTE: Palette = {
  cut: 'gi',
  skin: '#f2c79b',
  skinShade: '#cf9a72',
  hair: '#3b2430',
  cloth: '#f6f1e6',
  clothShade: '#c4bccb',
  accent: '#2e9bd6',
  accentShade: '#1d6aa3',
  wrap: '#e0d6c4',
  outline: '#1b1726',
  glow: 0x5ec2ff,
};

export const RIVAL_PALETTE: Palette = {
  cut: 'mask',
  skin: '#d9a679',
  skinShade: '#a97450',
  hair: '#1d1626',
  cloth: '#57467c',
  clothShade: '#382b57',
  accent: '#e2474b',
  accentShade: '#a42a3b',
  wrap: '#8f7bb0',
  outline: '#120d1c',
  glow: 0xff6a5e,
};

/** The player's shadow: the player's look in dark colours. */
export const SHADOW_PALETTE: Palette = {
  cut: 'gi',
  skin: '#5a5470',
  skinShade: '#3f3a55',
  hair: '#17131f',
  cloth: '#3a3550',
  clothShade: '#25213a',
  accent: '#7de0d0',
  accentShade: '#3f8f88',
  wrap: '#4b4564',
  outline: '#0d0a16',
  glow: 0x7de0d0,
};

/** A second shadow, for a fight between two. */
export const AMBER_PALETTE: Palette = {
  ...SHADOW_PALETTE,
  cloth: '#4a3a32',
  clothShade: '#30251f',
  accent: '#ffb84d',
  accentShade: '#a8702a',
  wrap: '#5b4b3f',
  glow: 0xffb84d,
};
