import * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { ForesightPlugin, boolean, defineSpec } from '../../../../plugin/index.ts';
import { serializeCheckpoint } from '../../../../src/model/checkpoint-file.ts';
import type { CharacterSpec } from '../../../../plugin/index.ts';
import { SPEC } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, startGame } from '../fixtures/game.ts';

let game: Phaser.Game;
let logged: MockInstance<typeof console.error>;
beforeEach(() => {
  logged = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  logged.mockRestore();
  await endGame(game);
});

const urlOf = (bytes: Uint8Array<ArrayBuffer>): string => URL.createObjectURL(new Blob([bytes]));

interface Loaded {
  readonly scene: Phaser.Scene;
  readonly foresight: ForesightPlugin;
  readonly errors: string[];
  readonly completed: string[];
}

/** Starts a game whose scene loads `duelist` from `url` in preload; resolves after create. */
async function load(url: string, spec?: CharacterSpec): Promise<Loaded> {
  const errors: string[] = [];
  const completed: string[] = [];
  class Loading extends Phaser.Scene {
    preload(): void {
      this.load.on('loaderror', (file: Phaser.Loader.File) => errors.push(file.key));
      this.load.on('filecomplete', (key: string) => completed.push(key));
      if (spec) this.load.foresightModel({ key: 'duelist', url, spec });
      else this.load.foresightModel('duelist', url);
    }
  }
  game = await startGame({ scenes: [Loading] });
  return { scene: game.scene.scenes[0], errors, completed, foresight: ForesightPlugin.of(game) };
}

it('loads a checkpoint as a model', async () => {
  const checkpoint = tinyCheckpoint();
  const { errors, completed, foresight } = await load(urlOf(serializeCheckpoint(checkpoint)), SPEC);
  expect({ errors, completed }).toEqual({ errors: [], completed: ['duelist'] });
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(checkpoint.weights);
  expect(logged).not.toHaveBeenCalled();
});

it('keeps what a model learned when its scene loads it again', async () => {
  const { scene, foresight } = await load(urlOf(serializeCheckpoint(tinyCheckpoint(1))));
  const learned = tinyCheckpoint(2);
  foresight.models.get('duelist').live.swap(learned);
  await new Promise((resolve) => {
    scene.events.once('create', resolve);
    scene.scene.restart();
  });
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(learned.weights);
});

it.each([
  ['a corrupt file', () => urlOf(serializeCheckpoint(tinyCheckpoint()).slice(0, 300)), undefined],
  ['something else', () => urlOf(new TextEncoder().encode('<!doctype html>hello')), undefined],
  [
    'a file for another spec',
    () => urlOf(serializeCheckpoint(tinyCheckpoint())),
    defineSpec({ ...SPEC, observation: [boolean('jumps')] }),
  ],
])('fails on %s, reports why, and lets the scene begin', async (_, makeUrl, spec) => {
  const { errors, completed, scene, foresight } = await load(makeUrl(), spec);
  expect({ errors, completed }).toEqual({ errors: ['duelist'], completed: [] });
  expect(scene.load.totalFailed).toBe(1);
  expect(foresight.models.has('duelist')).toBe(false);
  const [message] = logged.mock.calls[0];
  expect(message).toMatch(/^\[foresight\] duelist: .{40}/s);
  if (spec) expect(message).toContain('only here: jumps');
});

it('loads a model for its spec with `loadModel`, which does not load it again', async () => {
  const { scene, foresight } = await load('no-such-file.safetensors');
  const requested: string[] = [];
  scene.load.on('addfile', (key: string) => requested.push(key));
  const runner = defineSpec({ ...SPEC, name: 'runner' });
  scene.foresight.loadModel(runner, urlOf(serializeCheckpoint(tinyCheckpoint())));
  scene.foresight.loadModel(SPEC, urlOf(serializeCheckpoint(tinyCheckpoint(2))), { key: 'other' });
  await new Promise((resolve) => {
    scene.load.once('complete', resolve);
    scene.load.start();
  });
  expect(requested).toEqual(['runner', 'other']);
  const model = scene.foresight.defineModel(runner);
  expect(model).toBe(foresight.models.get('runner'));
  expect(model.spec).toBe(runner);
  expect(model.checkpoint!.weights).toEqual(tinyCheckpoint().weights);
  scene.foresight.loadModel(runner, 'no-such-file.safetensors');
  expect(requested).toHaveLength(2);
});

it('fails on a missing file', async () => {
  const { errors, foresight } = await load('no-such-file.safetensors');
  expect(errors).toEqual(['duelist']);
  expect(foresight.models.has('duelist')).toBe(false);
});

it('refuses a file that does not fit the model the game defined', async () => {
  const { scene, foresight } = await load('no-such-file.safetensors');
  const spec = defineSpec({ ...SPEC, action: ['left', 'right'] });
  foresight.models.define(spec, { key: 'runner' });
  const failed = new Promise((resolve) => scene.load.once('loaderror', resolve));
  scene.load.foresightModel('runner', urlOf(serializeCheckpoint(tinyCheckpoint())));
  scene.load.start();
  await failed;
  expect(foresight.models.get('runner').checkpoint).toBeNull();
  expect(logged.mock.lastCall![0] + logged.mock.calls.at(-2)![0]).toContain('strike');
});
