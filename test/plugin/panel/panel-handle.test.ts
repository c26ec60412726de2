import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorReporter } from '../../../plugin/game/error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from '../../../plugin/game/events.ts';
import type { ForesightPlugin } from '../../../plugin/game/foresight-plugin.ts';
import { PanelHandle } from '../../../plugin/panel/panel-handle.ts';
import type { PanelHandleOptions } from '../../../plugin/panel/panel-handle.ts';
import type { PanelHistory, PanelListeners } from '../../../plugin/panel/panel-history.ts';
import type { TrainingProgress } from '../../../src/core.ts';
import { later, turn } from '../later.ts';
import type { Later } from '../later.ts';

type Panels = Awaited<ReturnType<NonNullable<PanelHandleOptions['load']>>>;

/** A panel without a page: whether it is open, and what it is given. */
class PanelDouble {
  isOpen = false;
  isDestroyed = false;
  readonly root = null;
  readonly losses: number;
  readonly replayed: string[] = [];

  constructor(_foresight: ForesightPlugin, _options: unknown, history: PanelHistory) {
    made.push(this);
    this.losses = history.losses.length;
    const note = (event: keyof PanelListeners) => () => void this.replayed.push(event);
    history.replay({ progress: note('progress'), error: note('error'), warning: note('warning') });
  }
  open(): void {
    this.isOpen = true;
  }
  close(): void {
    this.isOpen = false;
  }
  destroy(): void {
    this.isOpen = false;
    this.isDestroyed = true;
  }
}

let made: PanelDouble[];
let errors: ForesightEvents['error'][];
let events: TypedEmitter<ForesightEvents>;
let loads: Later<Panels>[];

const panels = { TrainingPanel: PanelDouble } as unknown as Panels;

function makeHandle(): PanelHandle {
  const reporter = new ErrorReporter(events);
  return new PanelHandle({ events, reporter } as ForesightPlugin, {
    model: 'duelist',
    character: () => null,
    load: () => {
      const load = later<Panels>();
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

describe('a panel', () => {
  it('is loaded once, when it is first opened, and shown when it is there', async () => {
    const handle = makeHandle();
    expect({ loads: loads.length, isOpen: handle.isOpen }).toEqual({ loads: 0, isOpen: false });
    handle.toggle();
    handle.open();
    expect({ loads: loads.length, isOpen: handle.isOpen }).toEqual({ loads: 1, isOpen: true });
    loads[0].resolve(panels);
    await turn();
    expect(made.map(({ isOpen }) => isOpen)).toEqual([true]);
    handle.toggle();
    handle.toggle();
    expect({ loads: loads.length, isOpen: made[0].isOpen }).toEqual({ loads: 1, isOpen: true });
  });

  it('stays closed when it was closed again before it was there', async () => {
    const handle = makeHandle();
    handle.open();
    handle.toggle();
    expect(handle.isOpen).toBe(false);
    loads[0].resolve(panels);
    await turn();
    expect(made[0].isOpen).toBe(false);
    handle.open();
    expect(made[0].isOpen).toBe(true);
  });

  it('is not made when it was destroyed before it was there, nor opened later', async () => {
    const handle = makeHandle();
    handle.open();
    handle.destroy();
    loads[0].resolve(panels);
    await turn();
    handle.open();
    expect({ made: made.length, loads: loads.length }).toEqual({ made: 0, loads: 1 });
    expect(events.listenerCount('progress')).toBe(0);
  });

  it('that cannot be loaded is reported, and loaded again when it is next opened', async () => {
    const handle = makeHandle();
    handle.open();
    loads[0].reject(new TypeError('Failed to fetch dynamically imported module'));
    await turn();
    expect(handle.isOpen).toBe(false);
    expect(errors).toMatchObject([
      { source: 'panel', key: 'duelist', error: { code: 'not-ready' } },
    ]);
    expect(errors[0].error.message).toMatch(/Failed to fetch.*Serve all files/);
    handle.toggle();
    loads[1].resolve(panels);
    await turn();
    expect(made[0].isOpen).toBe(true);
    expect(errors).toHaveLength(1);
  });

  it('shows what happened to its model before it was loaded', async () => {
    const handle = makeHandle();
    const progress = { loss: 1, heldOutLoss: 1 } as TrainingProgress;
    events.emit('progress', { key: 'duelist', progress });
    events.emit('progress', { key: 'another', progress });
    events.emit('warning', { message: 'no IndexedDB' });
    events.emit('error', { error: new Error('another'), source: 'train', key: 'another' });
    events.emit('progress', { key: 'duelist', progress });
    handle.open();
    loads[0].resolve(panels);
    await turn();
    expect(made[0].losses).toBe(2);
    expect(made[0].replayed).toEqual(['warning', 'progress']);
    handle.destroy();
    expect(made[0].isDestroyed).toBe(true);
  });
});
