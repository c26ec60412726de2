import { EventEmitter } from 'node:events';
import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorReporter } from '../../../plugin/game/error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from '../../../plugin/game/events.ts';
import type { ForesightPlugin } from '../../../plugin/game/foresight-plugin.ts';
import { OverlayHandle } from '../../../plugin/overlay/overlay-handle.ts';
import type { OverlayHandleParts } from '../../../plugin/overlay/overlay-handle.ts';
import type { PredictionOverlayOptions } from '../../../plugin/overlay/prediction-overlay.ts';
import type { TrackedCharacter } from '../../../plugin/scene/tracked-character.ts';
import { later, turn } from '../later.ts';
import type { Later } from '../later.ts';

type Overlays = Awaited<ReturnType<NonNullable<OverlayHandleParts['load']>>>;

/** An overlay without a game: what it is given, and whether it is gone. */
class OverlayDouble {
  visible: boolean | undefined;
  language: string | undefined;
  destroyed = false;
  updates = 0;
  readonly options: PredictionOverlayOptions;

  constructor(_scene: unknown, _character: unknown, options: PredictionOverlayOptions) {
    made.push(this);
    this.options = options;
    this.visible = options.visible;
    this.language = options.language;
  }
  update(): void {
    this.updates++;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

let made: OverlayDouble[];
let errors: ForesightEvents['error'][];
let events: TypedEmitter<ForesightEvents>;
let loads: Later<Overlays>[];

const overlays = { PredictionOverlay: OverlayDouble } as unknown as Overlays;

function makeHandle(options: PredictionOverlayOptions = {}): OverlayHandle {
  const reporter = new ErrorReporter(events);
  const character = { modelKey: 'duelist' } as TrackedCharacter;
  return new OverlayHandle({} as Phaser.Scene, character, {
    ...options,
    foresight: { events, reporter } as ForesightPlugin,
    load: () => {
      const load = later<Overlays>();
      loads.push(load);
      return load.promise;
    },
  });
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  made = [];
  errors = [];
  loads = [];
  events = new EventEmitter() as unknown as TypedEmitter<ForesightEvents>;
  events.on('error', (event) => errors.push(event));
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an overlay', () => {
  it('is loaded at once, and takes over what was set meanwhile', async () => {
    const handle = makeHandle({ top: 2 });
    handle.update();
    handle.language = 'zh';
    expect(handle).toMatchObject({ visible: true, language: 'zh', destroyed: false });
    loads[0].resolve(overlays);
    await turn();
    expect(made).toMatchObject([{ options: { top: 2 }, language: 'zh', visible: true }]);
    handle.update();
    handle.visible = false;
    handle.language = 'en';
    expect(made).toMatchObject([{ updates: 1, visible: false, language: 'en' }]);
    expect(loads).toHaveLength(1);
  });

  it('that is not to be seen is loaded when it is', async () => {
    const handle = makeHandle({ visible: false });
    expect({ loads: loads.length, visible: handle.visible }).toEqual({ loads: 0, visible: false });
    handle.visible = true;
    handle.visible = true;
    loads[0].resolve(overlays);
    await turn();
    expect(made).toMatchObject([{ visible: true }]);
    expect(loads).toHaveLength(1);
  });

  it('stays hidden when it was hidden again before it was there', async () => {
    const handle = makeHandle();
    handle.visible = false;
    loads[0].resolve(overlays);
    await turn();
    expect(made).toMatchObject([{ visible: false }]);
  });

  it('is not made when it was destroyed before it was there, nor loaded later', async () => {
    const handle = makeHandle();
    handle.destroy();
    loads[0].resolve(overlays);
    await turn();
    handle.visible = true;
    expect(handle.destroyed).toBe(true);
    expect({ made: made.length, loads: loads.length }).toEqual({ made: 0, loads: 1 });
  });

  it('is gone with its scene', async () => {
    const handle = makeHandle();
    loads[0].resolve(overlays);
    await turn();
    made[0].destroy();
    expect(handle.destroyed).toBe(true);
  });

  it('that cannot be loaded is reported, and loaded again when it is next to be seen', async () => {
    const handle = makeHandle();
    loads[0].reject(new TypeError('Failed to fetch dynamically imported module'));
    await turn();
    expect(handle.visible).toBe(false);
    expect(errors).toMatchObject([
      { source: 'overlay', key: 'duelist', error: { code: 'not-ready' } },
    ]);
    expect(errors[0].error.message).toMatch(/Failed to fetch.*Serve all files/);
    handle.visible = true;
    loads[1].resolve(overlays);
    await turn();
    expect(made).toMatchObject([{ visible: true }]);
    expect(errors).toHaveLength(1);
  });
});
