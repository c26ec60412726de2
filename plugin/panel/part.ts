import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';
import type { PanelCommands } from './commands.ts';
import type { PanelHistory } from './panel-history.ts';
import type { PanelTexts, PickText } from './texts.ts';

/** Runs a command and shows how it went. */
export type RunCommand = (command: () => Promise<PickText | null>) => void;

/** What the parts of the panel work with. */
export interface PanelContext {
  readonly foresight: ForesightPlugin;
  /** Key of the model the panel is about. */
  readonly model: string;
  readonly texts: PanelTexts;
  /** What to call each action; its name when absent. */
  readonly names: Readonly<Record<string, string>>;
  /** Rows of next-action bars. */
  readonly actions: number;
  readonly commands: PanelCommands;
  readonly history: Pick<PanelHistory, 'losses' | 'recent'>;
  readonly run: RunCommand;
  /** Whose predictions are shown; null while there is no character. */
  character(): TrackedCharacter | null;
}

/** A part of the panel. It is updated only while it can be seen. */
export interface PanelPart {
  readonly root: HTMLElement;
  update(): void;
  /** @param width pixels inside the panel */
  resize?(width: number): void;
  destroy?(): void;
}
