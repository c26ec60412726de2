/** Size of every scene's world, px: what its stage shows at least, in any window. */
export const BASE = { width: 800, height: 450 } as const;

/** Share of the world's height that is above the floor line: further world is added in this ratio. */
const ABOVE = 372 / BASE.height;
/** A window with a smaller ratio of width to height is upright. */
const UPRIGHT = 0.75;
/** Height of the stage in an upright window: at most these shares of the window's height and width. */
const STAGE = { height: 0.46, width: 0.9 } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where everything is in a window. The interface is measured in units: a unit is at least one CSS px. */
export interface Layout {
  /** CSS px of a unit. */
  readonly unit: number;
  /** The window, units. */
  readonly ui: Size;
  /** The part of the window that shows the world, units. */
  readonly stage: Box;
  /** The part below the stage for controls and menus, units; null where the stage fills the window. */
  readonly deck: Box | null;
  /** The part of the world that the stage shows, world px. Contains the whole BASE. */
  readonly world: Box;
  /** Units of a world px; at most 1. */
  readonly scale: number;
}

/** Lays a window out; `window` in CSS px. */
export function layOut({ width, height }: Size): Layout {
  const unit = Math.max(1, Math.min(width / BASE.width, height / BASE.height));
  const ui = { width: width / unit, height: height / unit };
  const isUpright = width < height * UPRIGHT;
  const tall = isUpright
    ? Math.round(Math.min(STAGE.height * ui.height, STAGE.width * ui.width))
    : ui.height;
  const stage = { x: 0, y: 0, width: ui.width, height: tall };
  const scale = Math.min(stage.width / BASE.width, stage.height / BASE.height);
  const shown = { width: stage.width / scale, height: stage.height / scale };
  return {
    unit,
    ui,
    stage,
    deck: isUpright ? { x: 0, y: tall, width: ui.width, height: ui.height - tall } : null,
    world: {
      x: (BASE.width - shown.width) / 2,
      y: (BASE.height - shown.height) * ABOVE,
      ...shown,
    },
    scale,
  };
}

/** Whether a window has no room for texts that explain, such as a phone held sideways. */
export const isLow = ({ ui }: Layout): boolean => ui.height < 440;

/** A list of lines within a box. */
export interface Lines {
  /** Centre of the first line, units. */
  readonly x: number;
  readonly y: number;
  /** Distance between two lines, and width of a line. */
  readonly gap: number;
  readonly width: number;
}

/** Centres so many lines in a box, as far apart as wanted or as it has room for. */
export function lineUp(box: Box, wanted: { count: number; gap: number; width: number }): Lines {
  const gap = Math.min(wanted.gap, box.height / wanted.count);
  return {
    x: box.x + box.width / 2,
    y: box.y + (box.height - (wanted.count - 1) * gap) / 2,
    gap,
    width: Math.min(wanted.width, box.width - 24),
  };
}
