/**
 * Trains and predicts in Node as a user of the npm package writes it. The client is not disposed: the process ends by
 * itself.
 */
import {
  Predictor,
  TrainerClient,
  defineSpec,
  number,
  readCheckpoint,
  stepAt,
  writeCheckpoint,
} from 'phaser-foresight/core';

const spec = defineSpec({
  name: 'duelist',
  observation: [number('distance', { min: 0, max: 1 })],
  action: ['idle', 'strike', 'block'],
});
const length = 40;
const steps = Array.from({ length }, (_, i) => i);
const episodes = ['a', 'b', 'c', 'd'].map((session) => ({
  id: session,
  session,
  character: 'player',
  end: 'terminated',
  endTick: length * 10,
  learn: true,
  meta: {},
  length,
  ticks: Int32Array.from(steps, (i) => i * 10),
  actions: Uint16Array.from(steps, (i) => i % 3),
  columns: [Float32Array.from(steps, (i) => (i % 7) / 7)],
}));

const run = new TrainerClient().train({
  spec,
  episodes,
  model: { units: 6 },
  training: { epochs: 2 },
});
const epochs = [];
for await (const { epoch, epochEnd } of run) if (epochEnd) epochs.push(epoch);
const { checkpoint, engine } = await run.result;
const finite = checkpoint.weights.every(Number.isFinite);

const read = await readCheckpoint(await writeCheckpoint(checkpoint));
const predictor = await Predictor.create(read, { spec });
for (const i of steps) predictor.observe('player', stepAt(episodes[0], i));
const predicted = predictor.prediction('player').steps;
console.info(
  JSON.stringify({ engine: engine.engine, epochs, finite, predicted, on: predictor.engine }),
);
