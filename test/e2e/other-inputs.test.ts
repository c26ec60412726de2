import type { CDPSession, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';
import { actionsOf, expectPaused, inRound } from './fight.ts';
import { step } from './game-clock.ts';
import { middleOf } from './shown-things.ts';

const openDemo = useDemo();

/** Holds something until the player does `action`, and lets it go. */
async function holdUntil(
  page: Page,
  action: string,
  { down, up }: { down: () => Promise<unknown>; up: () => Promise<unknown> },
): Promise<void> {
  for (let tries = 0; tries < 30; tries++) {
    await down();
    await step(page, 7);
    await up();
    await step(page, 2);
    if ((await actionsOf(page)).includes(action)) return;
    await step(page, 7);
  }
  expect.fail(`the player never did ${action}`);
}

it('is played by touch: menus, buttons for two fingers, pause', async () => {
  const { page, problems } = await openDemo('?rounds=3&seed=2', {
    viewport: { width: 800, height: 450 },
    hasTouch: true,
    isMobile: true,
  });
  await inScene(page, 'title');
  // Where a finger lands is known once the scene was drawn.
  await step(page, 120);
  const touch = touchesOf(await page.context().newCDPSession(page));
  const tap = async (points: readonly { x: number; y: number }[]): Promise<void> => {
    await touch(points);
    await step(page, 3);
    await touch([]);
    await step(page, 3);
  };
  await tap([await middleOf(page, 'title', 'menu-Duel')]);
  await inRound(page);

  const [block, right, strike] = await Promise.all(
    ['block', 'right', 'strike'].map((control) => middleOf(page, 'fight', `touch-${control}`)),
  );
  await holdUntil(page, 'block', { down: () => touch([block]), up: () => touch([]) });
  // Walking and striking are two fingers.
  await holdUntil(page, 'strike', { down: () => touch([right, strike]), up: () => touch([]) });

  await tap([await middleOf(page, 'fight', 'pause-button')]);
  await expectPaused(page);
  await tap([await middleOf(page, 'fight', 'menu-Training mode')]);
  await page.getByText('Train now').tap();
  expect(problems).toEqual([]);
});

/** Sets which points are touched. */
function touchesOf(client: CDPSession) {
  let down = 0;
  return async (points: readonly { x: number; y: number }[]): Promise<void> => {
    const type = points.length ? (down ? 'touchMove' : 'touchStart') : 'touchEnd';
    down = points.length;
    await client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  };
}

/** A pad of the standard mapping, as a browser would show one: headless Chromium has none to plug in. */
function plugIn(): void {
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
  const axes = [0, 0, 0, 0];
  const pad = {
    id: 'standard pad',
    index: 0,
    connected: true,
    mapping: 'standard',
    timestamp: 0,
    buttons,
    axes,
  };
  Object.assign(globalThis, {
    hold: (button: number, pressed: boolean): void => {
      buttons[button] = { pressed, touched: pressed, value: pressed ? 1 : 0 };
      pad.timestamp = performance.now();
    },
    tilt: (value: number): void => {
      axes[0] = value;
      pad.timestamp = performance.now();
    },
  });
  navigator.getGamepads = () => [pad as unknown as Gamepad, null, null, null];
  globalThis.addEventListener('load', () => {
    const event = new Event('gamepadconnected');
    globalThis.dispatchEvent(Object.assign(event, { gamepad: pad }));
  });
}

it('is played with a gamepad', async () => {
  const search = '?scene=fight&rounds=3&seed=2';
  const { page, problems } = await openDemo(search, { before: plugIn });
  await inRound(page);
  const hold = (button: number, pressed: boolean): Promise<void> =>
    page.evaluate(([at, on]) => (Reflect.get(globalThis, 'hold') as Hold)(at, on), [
      button,
      pressed,
    ] as const);
  const button = (at: number) => ({ down: () => hold(at, true), up: () => hold(at, false) });
  await holdUntil(page, 'block', button(5));
  await holdUntil(page, 'strike', button(0));
  const tilt = (value: number): Promise<void> =>
    page.evaluate((to) => (Reflect.get(globalThis, 'tilt') as (at: number) => void)(to), value);
  await holdUntil(page, 'retreat', { down: () => tilt(-1), up: () => tilt(0) });
  // The start button pauses.
  await hold(9, true);
  await step(page, 3);
  await hold(9, false);
  await expectPaused(page);
  expect(problems).toEqual([]);
});

type Hold = (button: number, pressed: boolean) => void;
