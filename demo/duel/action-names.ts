import type { Types } from '../../plugin/index.ts';
import type { DuelAction } from './rules/index.ts';

const CHINESE: Readonly<Record<DuelAction, string>> = {
  idle: '站立',
  advance: '前进',
  retreat: '后退',
  jump: '跳跃',
  dash: '冲刺',
  block: '格挡',
  strike: '打击',
  throw: '投技',
  fireball: '火球',
  'air-strike': '空中打击',
  'block-stun': '格挡硬直',
  hit: '受击',
  knockdown: '倒地',
  getup: '起身',
};

/** Names of the actions in the panel and the overlay. */
export const duelActionNames = (language: Types.Language): Types.ActionNames =>
  language === 'zh' ? CHINESE : {};
