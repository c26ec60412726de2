import { expect, it } from 'vitest';
import { DeviceWatch } from '../../../demo/common/device-watch.ts';

it('reports the device used last, and its changes', () => {
  const page = new EventTarget();
  const watch = new DeviceWatch(page as unknown as Window);
  const seen: string[] = [];
  const stop = watch.follow(() => seen.push(watch.device));
  const point = (pointerType: string): void =>
    void page.dispatchEvent(Object.assign(new Event('pointerdown'), { pointerType }));
  expect(watch.device).toBe('keys');
  point('touch');
  point('touch');
  watch.usePad();
  page.dispatchEvent(new Event('keydown'));
  point('mouse');
  expect(seen).toEqual(['touch', 'pad', 'keys']);
  stop();
  point('touch');
  expect(seen).toHaveLength(3);
});
