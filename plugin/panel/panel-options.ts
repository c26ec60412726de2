import type { ForesightModel } from '../game/foresight-model.ts';
import type { NamesByLanguage } from '../overlay/action-names.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';
import type { Language } from './texts.ts';

export interface PanelOptions {
  /** The model it is about. That of the first tracked character when absent, or else the game's first model. */
  readonly model?: ForesightModel | string;
  /** Whose predictions it shows; may change with time. The scene's first character of that model when absent. */
  readonly character?: () => TrackedCharacter | null;
  /** Where the panel goes. The page's body when absent. */
  readonly parent?: HTMLElement;
  /**
   * The element that gets narrower while the panel is open, so that the panel does not cover the game;
   * as long as 360 px are left to it.
   */
  readonly narrow?: HTMLElement;
  /** What to call each action, in every language or by language; its name when absent. */
  readonly names?: NamesByLanguage;
  /** Rows of next-action bars. */
  readonly actions?: number;
  /** Milliseconds between two refreshes while open. */
  readonly refreshMs?: number;
  /** The player's last choice, or the browser's language, when absent. */
  readonly language?: Language;
  /** Called with the panel's language when it was loaded, and when the player chose another. */
  readonly onLanguage?: (language: Language) => void;
}

type Defaults = Required<Pick<PanelOptions, 'names' | 'actions' | 'refreshMs'>>;

export const PANEL_DEFAULTS: Defaults = { names: {}, actions: 5, refreshMs: 250 };

/** Options of a panel whose model and character are known. */
export type ResolvedPanelOptions = PanelOptions &
  Defaults & { readonly model: string } & Required<Pick<PanelOptions, 'character'>>;
