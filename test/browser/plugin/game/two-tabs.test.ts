import { deleteDB } from 'idb';
import type * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { ForesightModel, TrainedResult } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';
import { openOtherTab } from '../fixtures/open-other-tab.ts';
import type { OtherTab } from '../fixtures/open-other-tab.ts';
import { addActor } from '../fixtures/play.ts';

/** A page of the same game: this one, or another in a frame. */
interface Page {
  readonly game: Phaser.Game;
  readonly foresight: ForesightPlugin;
  readonly model: ForesightModel;
  readonly document: Document;
  leave(): Promise<void>;
}

const workers = new LiveWorkers();
const pages: Page[] = [];
const tabs: OtherTab[] = [];
let storeName = '';
beforeEach(() => {
  storeName = `test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.leave();
  for (const tab of tabs.splice(0)) tab.close();
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
});

const SHIPPED = tinyCheckpoint();

async function visited(page: Omit<Page, 'model'>): Promise<Page> {
  await page.foresight.models.kept!.decided;
  const model = page.foresight.models.add('duelist', SHIPPED);
  pages.push({ ...page, model });
  return pages.at(-1)!;
}

async function here(): Promise<Page> {
  const game = await startGame({ workers, data: { store: 'indexeddb', storeName } });
  const foresight = ForesightPlugin.of(game);
  return visited({ game, foresight, document, leave: () => endGame(game) });
}

async function elsewhere(): Promise<Page> {
  const tab = await openOtherTab({ storeName });
  tabs.push(tab);
  return visited(tab);
}

let seed = 0;
const train = ({ model }: Page): Promise<TrainedResult> =>
  model.train({
    episodes: ['a', 'b'].map((id) => episodeOf(habit(60), { id, session: id })),
    training: { epochs: 3, seed: ++seed },
    tolerance: 10,
  }).result;

const weights = ({ model }: Page): string => String(model.checkpoint!.weights);

it('one tab trains and keeps, the other one predicts with that and records', async () => {
  const first = await here();
  await train(first);
  await first.foresight.models.kept!.save();
  const second = await elsewhere();
  expect(await second.model.restored).not.toBeNull();
  expect(weights(second)).toBe(weights(first));

  // What the first one keeps from now on is here when this tab is shown again.
  await train(first);
  await first.foresight.models.kept!.save();
  expect(weights(second)).not.toBe(weights(first));
  second.document.dispatchEvent(new Event('visibilitychange'));
  await until(() => weights(second) === weights(first));

  const refused = { code: 'not-ready', message: expect.stringContaining('Another tab') };
  await expect(train(second)).rejects.toMatchObject(refused);
  const learner = second.model.learn();
  const { act, character } = addActor(sceneOf(second.game));
  act(...habit(40));
  expect(learner.state).toBe('waiting');
  expect(character.prediction).not.toBeNull();
  expect(await second.foresight.recordings.count(SPEC)).toEqual({ episodes: 1, steps: 40 });
  expect(weights(second)).toBe(weights(first));
});

it('when the tab that trains is closed, the other one takes over and loses nothing of it', async () => {
  const first = await elsewhere();
  await train(first);
  const second = await here();
  const learner = second.model.learn();
  const { act } = addActor(sceneOf(second.game));
  act(...habit(8));
  expect(learner.state).toBe('waiting');

  // It saves when it ends.
  const learned = weights(first);
  expect(weights(second)).not.toBe(learned);
  pages.splice(pages.indexOf(first), 1);
  await first.leave();
  await until(() => weights(second) === learned);
  act(...habit(16));
  await until(() => learner.updates > 0);
  learner.stop();
  const trained = await train(second);
  expect(trained.swapped).toBe(true);
  await second.leave();
  pages.length = 0;

  const third = await here();
  await third.model.restored;
  expect(weights(third)).toBe(String(trained.checkpoint.weights));
});

it('when a tab crashes, the next one continues from what it saved last', async () => {
  const first = await elsewhere();
  const second = await here();
  await second.model.restored;
  await expect(train(second)).rejects.toMatchObject({ code: 'not-ready' });
  await train(first);
  await first.foresight.models.kept!.save();
  const saved = weights(first);
  await train(first);
  expect(weights(first)).not.toBe(saved);
  pages.splice(pages.indexOf(first), 1);
  tabs[0].close();
  await until(() => second.foresight.models.kept!.isOurs);
  await until(() => weights(second) === saved);
  expect((await train(second)).swapped).toBe(true);
});

it('where there are no locks, each tab trains', async () => {
  // As in a page that is not served over https.
  const { prototype } = Navigator;
  const locks = Object.getOwnPropertyDescriptor(prototype, 'locks')!;
  Reflect.deleteProperty(prototype, 'locks');
  try {
    const [first, second] = [await here(), await here()];
    expect((await train(first)).swapped).toBe(true);
    expect((await train(second)).swapped).toBe(true);
  } finally {
    Object.defineProperty(prototype, 'locks', locks);
  }
});
