import type { HeldDevice } from '../../common/device-watch.ts';

/** The line under the drive. */
export function driveHint(
  device: HeldDevice,
  { predicts, rival }: { readonly predicts: boolean; readonly rival: boolean },
): string {
  const onOff = (on: boolean): string => (on ? 'on' : 'off');
  switch (device) {
    case 'keys':
      return (
        `Arrows drive    T training    P predictions ${onOff(predicts)}    ` +
        `O rival ${onOff(rival)}    R restart    Esc pause`
      );
    case 'pad':
      return 'Stick steers    RT gas    LT brake    Start pauses';
    case 'touch':
      return '';
    default:
      return device satisfies never;
  }
}
