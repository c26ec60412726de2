import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  DIFFICULTY_NAMES,
  explainDifficulty,
} from '../../../../demo/duel/settings/settings.ts';
import { SETTINGS_KEY, SettingsStore } from '../../../../demo/duel/settings/settings-store.ts';
import { FakeStorage } from '../fake-storage.ts';

describe('SettingsStore', () => {
  it('begins with the defaults, and stores changes', () => {
    const storage = new FakeStorage();
    const store = new SettingsStore(storage);
    expect(store.settings).toEqual(defaultSettings());
    store.change({ difficulty: 'easy', sound: 0.2 });
    const next = new SettingsStore(storage);
    expect(next.settings).toEqual({ ...defaultSettings(), difficulty: 'easy', sound: 0.2 });
  });

  it('does not shake where reduced motion is preferred, unless the player turns it on', () => {
    const storage = new FakeStorage();
    const store = new SettingsStore(storage, true);
    expect(store.settings.shake).toBe(false);
    store.change({ shake: true });
    expect(new SettingsStore(storage, true).settings.shake).toBe(true);
  });

  it.each(['', '{', '7', 'null', '[]', '"x"'])('takes the defaults for %j', (text) => {
    const store = new SettingsStore(new FakeStorage({ [SETTINGS_KEY]: text }));
    expect(store.settings).toEqual(defaultSettings());
  });

  it('takes the default for each single value that is wrong', () => {
    const text = JSON.stringify({
      difficulty: 'impossible',
      sound: 7,
      music: 0.5,
      shake: 'yes',
      touch: 'on',
      bindings: { jump: ['Escape'] },
    });
    const { settings } = new SettingsStore(new FakeStorage({ [SETTINGS_KEY]: text }));
    expect(settings).toEqual({ ...defaultSettings(), music: 0.5, touch: 'on' });
  });

  it('works without storage, and with a full one', () => {
    for (const storage of [null, new FakeStorage({}, 10)]) {
      const store = new SettingsStore(storage);
      store.change({ music: 1 });
      expect(store.settings.music).toBe(1);
    }
  });

  it('calls followers at once and at every change, until they stop', () => {
    const store = new SettingsStore(null);
    const heard: number[] = [];
    const stop = store.follow(({ sound }) => heard.push(sound));
    store.change({ sound: 0.1 });
    stop();
    store.change({ sound: 0.9 });
    expect(heard).toEqual([defaultSettings().sound, 0.1]);
  });
});

it('explains every difficulty', () => {
  for (const name of DIFFICULTY_NAMES) expect(explainDifficulty(name)).toMatch(/\d+ to \d+ ms/);
  expect(explainDifficulty('easy')).toContain('30 %');
});
