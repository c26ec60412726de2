import { DIFFICULTIES } from '../../../src/core.ts';
import type { DifficultyName } from '../../../src/core.ts';
import type { Types } from '../../../plugin/index.ts';
import { DEFAULT_BINDINGS, parseBindings } from './bindings.ts';
import type { Bindings } from './bindings.ts';

/** When the buttons on the screen are shown; `auto` = after the first touch. */
export const TOUCH_CHOICES = ['auto', 'on', 'off'] as const;

export type TouchChoice = (typeof TOUCH_CHOICES)[number];

export const DIFFICULTY_NAMES = Object.keys(DIFFICULTIES) as readonly DifficultyName[];

/** The player's options. Plain JSON. */
export interface Settings {
  readonly difficulty: DifficultyName;
  /** Whether the rival at `normal` follows the player, so that both win as often. */
  readonly fair: boolean;
  /** Of the panel, and of what stands for it in the game. */
  readonly language: Types.Language;
  /** Volumes, 0 to 1; 0 = off. */
  readonly sound: number;
  readonly music: number;
  /** Silences both. */
  readonly muted: boolean;
  /** Whether hits shake the screen. */
  readonly shake: boolean;
  readonly touch: TouchChoice;
  readonly bindings: Bindings;
}

/** Shaking is off by default where the system requests reduced motion. */
export const defaultSettings = (reducedMotion = false): Settings => ({
  difficulty: 'normal',
  fair: true,
  language: globalThis.navigator?.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en',
  sound: 0.7,
  music: 0.3,
  muted: false,
  shake: !reducedMotion,
  touch: 'auto',
  bindings: DEFAULT_BINDINGS,
});

/** Reads settings from any value; `defaults` replace what is missing or wrong. */
export function parseSettings(value: unknown, defaults: Settings): Settings {
  if (typeof value !== 'object' || value === null) return defaults;
  const read = (key: keyof Settings): unknown => Reflect.get(value, key);
  const volume = (key: 'sound' | 'music'): number => {
    const given = read(key);
    return typeof given === 'number' && given >= 0 && given <= 1 ? given : defaults[key];
  };
  const flag = (key: 'fair' | 'muted' | 'shake'): boolean => {
    const given = read(key);
    return typeof given === 'boolean' ? given : defaults[key];
  };
  const language = read('language');
  return {
    difficulty: DIFFICULTY_NAMES.find((name) => name === read('difficulty')) ?? defaults.difficulty,
    fair: flag('fair'),
    language: language === 'en' || language === 'zh' ? language : defaults.language,
    sound: volume('sound'),
    music: volume('music'),
    muted: flag('muted'),
    shake: flag('shake'),
    touch: TOUCH_CHOICES.find((name) => name === read('touch')) ?? defaults.touch,
    bindings: parseBindings(read('bindings')) ?? defaults.bindings,
  };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const NO_ADVANTAGE = 'It never has more health or speed than you.';

/** Describes what a difficulty changes. `fair` = the switch of that name. */
export function explainDifficulty(name: DifficultyName, fair = false): string {
  if (fair && name === 'normal')
    return `It becomes about as good as you are, within the limits of the next line. ${NO_ADVANTAGE}`;
  const { delayMs, trust, error } = DIFFICULTIES[name];
  const errs = error
    ? `does just anything in ${percent(error)} of its choices`
    : 'makes no careless choices';
  return (
    `It reacts ${delayMs[0]} to ${delayMs[1]} ms late, as people do, goes by its predictions ` +
    `${trust === 1 ? 'wherever they help' : `for ${percent(trust)}`}, and ${errs}. ` +
    NO_ADVANTAGE
  );
}
