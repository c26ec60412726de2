import { DIFFICULTIES, FairDifficulty } from '../../../src/core.ts';
import type { Difficulty, DifficultyName } from '../../../src/core.ts';
import type { Types } from '../../../plugin/index.ts';

interface FairTexts {
  readonly label: string;
  readonly on: string;
  readonly off: string;
  /** Sentences under the switch; texts of the ranges. */
  readonly hint: (trust: string, delay: string, error: string) => string;
  readonly fixed: string;
  /** The share of the trust that is earned, where it is not all of it. */
  readonly earned: (share: string) => string;
  /** The settings of the moment, ms and texts of shares. */
  readonly now: (name: string, trust: string, delay: number, error: string) => string;
}

const TEXTS: Readonly<Record<Types.Language, FairTexts>> = {
  en: {
    label: 'Fair',
    on: 'on',
    off: 'off',
    hint: (trust, delay, error) =>
      'At normal only: the rival plays worse when it wins more than you do, and better when you win more. ' +
      `Trust in predictions ${trust}, delay ${delay} ms, errors ${error}.`,
    fixed: 'Fixed',
    earned: (share) => ` (${share} earned)`,
    now: (name, trust, delay, error) =>
      `${name}: trust ${trust}, delay ${delay} ms, errors ${error}`,
  },
  zh: {
    label: '公平',
    on: '开',
    off: '关',
    hint: (trust, delay, error) =>
      '仅限普通难度：对手赢得比你多时变弱，你赢得更多时变强。' +
      `信任预测 ${trust}，反应 ${delay} 毫秒，失误 ${error}。`,
    fixed: '固定',
    earned: (share) => `（赢得 ${share}）`,
    now: (name, trust, delay, error) => `${name}：信任 ${trust}，反应 ${delay} 毫秒，失误 ${error}`,
  },
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const meanDelay = ([low, high]: Difficulty['delayMs']): number => Math.round((low + high) / 2);

/** The switch in the options. */
export function fairSwitch(language: Types.Language): {
  readonly label: string;
  readonly value: (isOn: boolean) => string;
  readonly hint: string;
} {
  const { label, on, off, hint } = TEXTS[language];
  const [easiest, hardest] = [0, 1].map((start) => new FairDifficulty({ start }));
  const range = (key: 'trust' | 'error'): string => {
    const shares = [easiest[key], hardest[key]];
    return `${Math.round(Math.min(...shares) * 100)}-${percent(Math.max(...shares))}`;
  };
  const delay = `${hardest.delayMs[0]}-${easiest.delayMs[1]}`;
  return {
    label,
    value: (isOn) => (isOn ? on : off),
    hint: hint(range('trust'), delay, range('error')),
  };
}

/** The rival's settings at the moment, in words. `earned` = the share of the trust that is earned. */
export function difficultyNow(
  difficulty: Difficulty | DifficultyName,
  earned: number,
  language: Types.Language,
): string {
  const texts = TEXTS[language];
  const name = difficulty instanceof FairDifficulty ? texts.label : texts.fixed;
  const { trust, delayMs, error } =
    typeof difficulty === 'string' ? DIFFICULTIES[difficulty] : difficulty;
  const share = earned < 1 ? texts.earned(percent(earned)) : '';
  const now = texts.now(name, percent(trust) + share, meanDelay(delayMs), percent(error));
  // Lines break after commas only.
  return now.replace(/(?<!,) /g, '\u00a0');
}
