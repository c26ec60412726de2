import { FairDifficulty } from '../../../src/core.ts';
import type { Difficulty } from '../../../src/core.ts';
import type { Types } from '../../../plugin/index.ts';

interface FairTexts {
  readonly label: string;
  readonly on: string;
  readonly off: string;
  /** Sentences under the switch; texts of the ranges. */
  readonly hint: (trust: string, delay: string, error: string) => string;
  /** The settings of the moment, ms and texts of shares. */
  readonly now: (trust: string, delay: number, error: string) => string;
}

const TEXTS: Readonly<Record<Types.Language, FairTexts>> = {
  en: {
    label: 'Fair',
    on: 'on',
    off: 'off',
    hint: (trust, delay, error) =>
      'At normal only: the rival plays worse when it wins more than you do, and better when you win more. ' +
      `Trust in predictions ${trust}, delay ${delay} ms, errors ${error}.`,
    now: (trust, delay, error) => `Fair: trust ${trust}, delay ${delay} ms, errors ${error}`,
  },
  zh: {
    label: '公平',
    on: '开',
    off: '关',
    hint: (trust, delay, error) =>
      '仅限普通难度：对手赢得比你多时变弱，你赢得更多时变强。' +
      `信任预测 ${trust}，反应 ${delay} 毫秒，失误 ${error}。`,
    now: (trust, delay, error) => `公平：信任 ${trust}，反应 ${delay} 毫秒，失误 ${error}`,
  },
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const meanDelay = ({ delayMs: [low, high] }: Difficulty): number => Math.round((low + high) / 2);

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

/** The fair difficulty of the moment, in words. */
export const fairNow = (fair: Difficulty, language: Types.Language): string =>
  // Lines break after commas only.
  TEXTS[language]
    .now(percent(fair.trust), meanDelay(fair), percent(fair.error))
    .replace(/(?<!,) /g, '\u00a0');
