/** A ghost that the game ships: the shadow of a scripted player, made by `npm run ghosts`. */
export interface GalleryGhost {
  readonly name: string;
  /** The scripted player. */
  readonly style: string;
  /** Where the game loads it from. */
  readonly file: string;
  readonly about: string;
}

const ghost = (name: string, style: string, about: string): GalleryGhost => ({
  name,
  style,
  file: `ghosts/${style}.ghost`,
  about,
});

export const GALLERY: readonly GalleryGhost[] = [
  ghost('Blocky', 'strike-after-block', 'Waits behind a guard, then strikes.'),
  ghost('Temper', 'hot-head', 'Hits back as soon as it is hit.'),
  ghost('Pyro', 'zoner', 'Keeps away and throws fire.'),
  ghost('Hopper', 'jumper', 'Comes from the air.'),
];
