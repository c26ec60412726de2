import type { Language } from './texts.ts';

/** How the panel was left. */
export interface PanelPreferences {
  readonly width?: number;
  readonly height?: number;
  readonly language?: Language;
}

const KEY = 'phaser-foresight-panel';

/** Reads them from local storage; none where it is blocked or holds something else. */
export function readPreferences(): PanelPreferences {
  try {
    const { width, height, language } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<
      string,
      unknown
    >;
    return {
      ...(typeof width === 'number' && width > 0 && { width }),
      ...(typeof height === 'number' && height > 0 && { height }),
      ...((language === 'en' || language === 'zh') && { language }),
    };
  } catch {
    return {};
  }
}

/** Keeps them for the next visit, where the browser allows it. */
export function writePreferences(preferences: PanelPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A panel that forgets its size is still a panel.
  }
}

export function forgetPreferences(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing can be there where storage is blocked.
  }
}
