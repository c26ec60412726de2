import type * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import { serializeCheckpoint } from '../../../../src/model/checkpoint-file.ts';
import { encodeEpisodes } from '../../../../src/record/binary-format.ts';
import type { PanelHandle, Types } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import type { Actor } from '../fixtures/play.ts';
import { addActor } from '../fixtures/play.ts';
import { HeldReaders } from '../fixtures/held-readers.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';

let game: Phaser.Game;
let foresight: ForesightPlugin;
let actor: Actor;
let panel: PanelHandle;
beforeEach(async () => {
  localStorage.removeItem('phaser-foresight-panel');
  game = await startGame({ workers: new LiveWorkers() });
  foresight = ForesightPlugin.of(game);
  foresight.models.add('duelist', tinyCheckpoint());
  actor = addActor(sceneOf(game));
  await showPanel({ refreshMs: 20, names: { strike: 'Strike' }, language: 'en' });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
  expect(document.querySelector('.foresight-panel')).toBeNull();
});

/** Opens another panel; resolves when it is shown. */
async function showPanel(options: Types.PanelOptions): Promise<void> {
  panel = sceneOf(game).foresight.panel(options);
  panel.open();
  await until(() => panel.root !== null);
}

const button = (command: string): HTMLButtonElement =>
  panel.root!.querySelector<HTMLButtonElement>(`[data-command=${command}]`)!;
const showTab = (name: 'now' | 'learning' | 'data'): void => button(`tab-${name}`).click();
const part = (name: string): HTMLElement => panel.root!.querySelector(`[data-part=${name}]`)!;
const status = (): string => panel.root!.querySelector('[role=status]')!.textContent;
const text = (): string => panel.root!.textContent;

it('shows what happens', async () => {
  expect(text()).toContain('stay in this browser until you export them');
  actor.act(...habit(30));
  await until(() => text().includes('1 episode, 30 steps'));
  const { probability } = actor.character.prediction!;
  await until(() => text().includes(`${Math.round(probability * 100)}%`));
  expect(text()).toContain('Strike');
  await until(() => /in \d.\d\d s \(\d+ ticks\)/.test(part('time').textContent));
  expect(part('time').textContent).toMatch(/Last: after 20 ticks, predicted \d+. Off by \d/);
  expect(panel.root!.querySelectorAll('canvas')).toHaveLength(1);
});

it('trains, and shows the result and the engine', async () => {
  actor.act(...habit(60));
  button('train').click();
  await until(() => status().includes('log-loss'));
  showTab('learning');
  await until(() => /cpu: ./.test(part('engine').textContent));
  await until(() => panel.root!.querySelectorAll('canvas').length === 2);
  expect(part('confusion').querySelector('table')!.hidden).toBe(false);
  expect(part('confusion').textContent).toContain('Last 59 actions');
  expect(part('experts').textContent).toContain('no n-gram experts');
  expect(part('engine').textContent).toContain('PredictionWebAssembly');
});

it('pauses, resumes and cancels', async () => {
  actor.act(...habit(200));
  expect(button('cancel').disabled).toBe(true);
  const run = foresight.models.get('duelist').train({ training: { epochs: 5000, patience: 0 } });
  // One that is cancelled before it begins rejects.
  await new Promise((resolve) => foresight.events.once('progress', resolve));
  await until(() => !button('cancel').disabled);
  button('pause').click();
  await until(() => button('pause').textContent === 'Resume');
  expect(run.state).toBe('paused');
  button('pause').click();
  await until(() => button('pause').textContent === 'Pause');
  button('cancel').click();
  expect(await run).toMatchObject({ cancelled: true });
  await until(() => status().startsWith('Cancelled'));
});

it('toggles predictions and learning', async () => {
  button('predictions').click();
  expect(foresight.usePredictions).toBe(false);
  await until(() => button('predictions').getAttribute('aria-pressed') === 'false');
  button('doNotLearn').click();
  expect(foresight.learnFromPlay).toBe(false);
  await until(() => button('doNotLearn').getAttribute('aria-pressed') === 'true');
  expect(status()).toContain('kept out of learning');
});

it('undoes the last episode', async () => {
  actor.act(...habit(5));
  button('undo').click();
  await until(() => status() === 'The last episode was removed.');
  expect(await foresight.recordings.load(SPEC)).toEqual([]);
});

it('lets the player confirm before it clears', async () => {
  showTab('data');
  actor.act(...habit(5));
  button('clear').click();
  expect(document.activeElement).toBe(button('keep'));
  button('keep').click();
  expect(await foresight.recordings.load(SPEC)).toHaveLength(1);
  button('clear').click();
  button('clearForSure').click();
  await until(() => status() === 'Everything was deleted.');
  expect(await foresight.recordings.load(SPEC)).toEqual([]);
});

it('exports and imports', async () => {
  actor.act(...habit(5));
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  button('exportEpisodes').click();
  await until(() => saved.length === 1);
  button('exportModel').click();
  await until(() => saved.length === 2);
  expect(saved).toEqual(['duelist.episodes', 'duelist.safetensors']);

  const bytes = await foresight.recordings.export(SPEC);
  const choose = (name: string, content: Uint8Array<ArrayBuffer>): void => {
    const input = panel.root!.querySelector<HTMLInputElement>('input[type=file]')!;
    const files = new DataTransfer();
    files.items.add(new File([content], name));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  };
  await foresight.clearAll();
  choose('duelist.episodes', bytes);
  await until(() => status() === '1 new episode imported.');
  const other = tinyCheckpoint(9);
  choose('other.safetensors', serializeCheckpoint(other));
  await until(() => status() === 'The imported model is in use.');
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(other.weights);
  choose('broken', bytes.slice(0, 30));
  await until(() => panel.root!.querySelector('.bad') !== null);
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(other.weights);
});

it('keeps its keys from the game until Escape returns them', async () => {
  const heard: string[] = [];
  const hear = (event: KeyboardEvent): number => heard.push(event.key);
  window.addEventListener('keydown', hear);
  const press = (key: string): boolean =>
    button('train').dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true }));
  button('train').focus();
  for (const key of [' ', 'Enter', 't']) press(key);
  expect(document.activeElement).toBe(button('train'));
  press('Escape');
  expect(document.activeElement).toBe(document.body);
  window.removeEventListener('keydown', hear);
  expect(heard).toEqual([]);
  button('undo').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
  expect(document.activeElement).not.toBe(button('undo'));
});

it('records or does not', async () => {
  actor.act(...habit(3));
  await until(() => text().includes('1 episode, 3 steps'));
  button('record').click();
  await until(() => button('record').getAttribute('aria-pressed') === 'false');
  expect(text()).toContain('Not recording');
  actor.act(...habit(4));
  expect(actor.character.prediction).not.toBeNull();
  expect(await foresight.recordings.count(SPEC)).toEqual({ episodes: 1, steps: 3 });
  button('record').click();
  actor.act(...habit(2));
  expect(await foresight.recordings.count(SPEC)).toEqual({ episodes: 2, steps: 5 });
});

it('lists sessions with their sizes, keeps them out of learning and deletes them', async () => {
  foresight.session = 'first';
  actor.act(...habit(5));
  foresight.session = 'second';
  actor.act(...habit(3));
  showTab('data');
  const rows = (): HTMLElement[] => [...part('sessions').querySelectorAll('li')];
  await until(() => rows().length === 2);
  expect(rows()[0].textContent).toContain('1 episode, 3 steps');
  expect(rows()[0].textContent).toContain('this one');
  expect(rows()[1].textContent).toMatch(/1 episode, 5 steps, \d+ B/);
  const learn = (): HTMLButtonElement => rows()[1].querySelector('[data-command=learnSession]')!;
  learn().click();
  await until(() => learn().getAttribute('aria-pressed') === 'false');
  expect((await foresight.recordings.list(SPEC)).map((one) => one.learn)).toEqual([false, true]);
  rows()[1].querySelector<HTMLElement>('[data-command=deleteSession]')!.click();
  expect(document.activeElement).toBe(button('keep'));
  button('clearForSure').click();
  await until(() => rows().length === 1);
  expect((await foresight.recordings.list(SPEC)).map((one) => one.session)).toEqual(['second']);
});

it('shows what is stored and where', async () => {
  actor.act(...habit(5));
  showTab('data');
  await until(() => /kept in memory: \d/.test(part('privacy').textContent));
  expect(part('limits').textContent).toBe(
    'Beyond 10,000 episodes or 50.0 MB the oldest recordings are deleted.',
  );
});

it('has Chinese texts too, and remembers the language and its size', async () => {
  const languages: string[] = [];
  panel.close();
  await showPanel({ onLanguage: (language) => languages.push(language) });
  showTab('data');
  button('language').click();
  expect(languages).toEqual(['en', 'zh']);
  expect(document.activeElement).toBe(button('language'));
  expect(button('language').ariaLabel).toBe('English');
  expect(button('train').textContent).toBe('立即训练');
  expect(button('tab-data').getAttribute('aria-selected')).toBe('true');
  expect(panel.root!.lang).toBe('zh-CN');
  const width = panel.root!.offsetWidth;
  const edge = panel.root!.querySelector<HTMLElement>('[data-command=width]')!;
  edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  expect(panel.root!.offsetWidth).toBe(width + 20);
  expect(edge.getAttribute('aria-valuenow')).toBe(String(width + 20));
  panel.destroy();
  await showPanel({});
  expect(panel.root!.offsetWidth).toBe(width + 20);
  expect(button('train').textContent).toBe('立即训练');
});

it('narrows the element of the game, but not while collapsed, closed or too wide', async () => {
  const narrow = document.createElement('div');
  narrow.style.width = '100vw';
  document.body.prepend(narrow);
  let resized = 0;
  const count = (): void => void resized++;
  addEventListener('resize', count);
  panel.destroy();
  const gap = (): number =>
    panel.root!.getBoundingClientRect().left - narrow.getBoundingClientRect().right;
  await showPanel({ narrow, language: 'en' });
  expect(gap()).toBeGreaterThanOrEqual(8);
  expect(gap()).toBeLessThan(10);
  expect(resized).toBe(1);
  const edge = panel.root!.querySelector<HTMLElement>('[data-command=width]')!;
  const press = (key: string): void =>
    void edge.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  press('ArrowLeft');
  await until(() => gap() >= 8 && gap() < 10);
  press('End');
  await until(() => narrow.style.width === '100vw');
  press('Home');
  await until(() => gap() >= 8);
  button('collapse').click();
  expect(narrow.style.width).toBe('100vw');
  button('collapse').click();
  expect(gap()).toBeGreaterThanOrEqual(8);
  panel.close();
  expect(narrow.style.width).toBe('100vw');
  removeEventListener('resize', count);
  narrow.remove();
});

it('fits into 800 x 600, collapses, closes and opens again', async () => {
  actor.act(...habit(20));
  const { right, bottom, width } = panel.root!.getBoundingClientRect();
  expect(right).toBeLessThanOrEqual(innerWidth);
  expect(bottom).toBeLessThanOrEqual(innerHeight);
  expect(width).toBeLessThan(340);
  button('collapse').click();
  expect(panel.root!.getBoundingClientRect().height).toBeLessThan(120);
  expect(button('collapse').getAttribute('aria-expanded')).toBe('false');
  panel.toggle();
  expect(panel.root).toBeNull();
  panel.toggle();
  expect(button('collapse').getAttribute('aria-expanded')).toBe('false');
  button('close').click();
  expect(panel.isOpen).toBe(false);
  panel.destroy();
  panel.open();
  expect(panel.isOpen).toBe(false);
});

it('shows how far an import is, and cancels it with those that wait', async () => {
  await endGame(game);
  const readers = new HeldReaders();
  game = await startGame({ data: { worker: readers.start } });
  foresight = ForesightPlugin.of(game);
  foresight.models.add('duelist', tinyCheckpoint());
  await showPanel({ refreshMs: 20, language: 'en' });
  expect(part('import').hidden).toBe(true);
  const bytes = encodeEpisodes({ spec: SPEC, episodes: [episodeOf(habit(10_000))] });
  const files = new DataTransfer();
  for (const name of ['one.episodes', 'two.episodes']) files.items.add(new File([bytes], name));
  panel.root!.dispatchEvent(new DragEvent('drop', { dataTransfer: files }));
  await until(() => readers.waiting === 1);
  await until(() => part('import').textContent.includes('Importing one.episodes'));
  button('cancelImport').click();
  await until(() => status() === 'The import was cancelled, and nothing of it stays.');
  await until(() => part('import').hidden === true);
  expect(await foresight.recordings.load(SPEC)).toEqual([]);
  expect(readers.started).toHaveLength(1);
  panel.root!.dispatchEvent(new DragEvent('drop', { dataTransfer: files }));
  for (const waiting of [2, 3]) {
    await until(() => readers.waiting === waiting);
    readers.release();
  }
  await until(() => status() === '0 new episodes imported.');
  expect(await foresight.recordings.load(SPEC)).toHaveLength(1);
});
