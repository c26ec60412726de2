import type { HeldDevice } from '../../common/device-watch.ts';
import { CONTROL_NAMES, CONTROLS, keyName } from '../settings/bindings.ts';
import type { Bindings, Control } from '../settings/bindings.ts';

/** Names of the pad's buttons (W3C mapping), as most pads print them. */
const PAD_NAMES: Readonly<Record<Control, string>> = {
  left: 'left',
  right: 'right',
  jump: 'Y',
  strike: 'A',
  throw: 'B',
  block: 'RB',
  fireball: 'X',
  dash: 'LB',
};

/** What to press for a control: "J", "A", or the word on the screen's button. */
export function controlHint(device: HeldDevice, control: Control, bindings: Bindings): string {
  switch (device) {
    case 'keys':
      return keyName(bindings[control][0]);
    case 'pad':
      return PAD_NAMES[control];
    case 'touch':
      return control === 'fireball' ? 'Fire' : CONTROL_NAMES[control];
    default:
      return device satisfies never;
  }
}

/** The lines of the title that explain the controls of what the player holds. */
export function controlsHint(device: HeldDevice, bindings: Bindings): readonly string[] {
  switch (device) {
    case 'keys':
      return [
        CONTROLS.map((name) => `${CONTROL_NAMES[name]} ${keyName(bindings[name][0])}`).join('    '),
        'T training mode    P predictions    M sound    Esc pause',
      ];
    case 'pad': {
      const named = CONTROLS.filter((name) => name !== 'left' && name !== 'right');
      const buttons = named.map((name) => `${CONTROL_NAMES[name]} ${PAD_NAMES[name]}`);
      return [`Stick walks    ${buttons.join('    ')}`, 'Start pauses'];
    }
    case 'touch':
      return ['Buttons appear under your thumbs.', 'The two bars above the fight pause it.'];
    default:
      return device satisfies never;
  }
}

const GAP = '    ';

/** The keys of LearningCommands. */
export const learningHint = (learns: boolean): string =>
  [`N learning ${learns ? 'on' : 'off'}`, 'U undo fight', 'R reset'].join(GAP);

export interface FightState {
  /** Whether the rival uses predictions, whether play is learned from, and whether `E` explains. */
  readonly predicts: boolean;
  readonly learns: boolean;
  readonly explains: boolean;
}

/** The line under a fight. */
export function fightHint(device: HeldDevice, { predicts, learns, explains }: FightState): string {
  const predictions = `predictions ${predicts ? 'on' : 'off'}`;
  switch (device) {
    case 'keys':
      return [
        'T training mode',
        ...(explains ? ['E why'] : []),
        `P ${predictions}`,
        learningHint(learns),
        'Esc pause',
      ].join(GAP);
    case 'pad':
      return `Start pauses    ${predictions}`;
    case 'touch':
      // The pause button is in sight.
      return predicts ? '' : predictions;
    default:
      return device satisfies never;
  }
}
