import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkFacts } from '../../../src/interchange/network-facts.ts';
import { writeOnnx } from '../../../src/interchange/onnx/write-onnx.ts';
import { valueStatistics } from '../../../src/interchange/value-units.ts';
import { withoutExperts } from '../../../src/interchange/without-experts.ts';
import { parseCheckpoint } from '../../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../../src/model/checkpoint.ts';
import type { Episode } from '../../../src/record/episode.ts';
import { inventEpisode } from '../invent-episode.ts';
import { makeCheckpoint, randomEpisode } from '../../model/make-checkpoint.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { SPEC } from '../../dataset/make-episodes.ts';
import { compareOutputs, featureRows, predictEpisode } from '../predict-episode.ts';
import type { StepOutputs } from '../predict-episode.ts';
import { onnxMetadata, readMessage } from '../read-onnx.ts';
import { OnnxRun } from '../run-onnx.ts';

const STEPS = 200;
const LIMIT = 1e-5;
const NONE = new Float32Array(0);

/** What onnxruntime makes of every step of episodes of equal length, all characters at once: [episode][step]. */
async function runOnnx(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): Promise<StepOutputs[][]> {
  const { shape } = withoutExperts(checkpoint);
  const scales = valueStatistics(checkpoint).map(({ scale }) => scale);
  const run = await OnnxRun.load(writeOnnx(checkpoint), shape, episodes.length);
  const rows = episodes.map((episode) => featureRows(checkpoint, episode));
  const outputs = episodes.map((): StepOutputs[] => []);
  for (let i = 0; i < episodes[0].length; i++) {
    const features = new Float32Array(episodes.length * shape.features);
    rows.forEach((one, n) => features.set(one[i], n * shape.features));
    const result = await run.step(features);
    const part = (name: string, n: number): Float32Array => {
      const all = result[name] ?? NONE;
      return all.subarray(
        (n * all.length) / episodes.length,
        ((n + 1) * all.length) / episodes.length,
      );
    };
    outputs.forEach((steps, n) =>
      steps.push({
        action: part('action_probabilities', n).slice(),
        time: part('time_probabilities', n).slice(),
        values: part('values', n).map((value, k) => value / scales[k]),
      }),
    );
  }
  await run.release();
  return outputs;
}

async function expectSame(checkpoint: Checkpoint, episodes: readonly Episode[]): Promise<void> {
  const alone = withoutExperts(checkpoint);
  const theirs = await runOnnx(checkpoint, episodes);
  episodes.forEach((episode, n) => {
    const { difference, range } = compareOutputs(predictEpisode(alone, episode), theirs[n]);
    expect(difference).toBeLessThan(LIMIT);
    // Outputs that never change would agree as well.
    expect(range).toBeGreaterThan(0.05);
  });
}

describe('writeOnnx, opened by onnxruntime', () => {
  it.each([
    { cell: 'lstm', layers: 1, embedding: 0, feedForward: 0, pieces: 0 },
    { cell: 'lstm', layers: 2, embedding: 2, feedForward: 9, pieces: 4 },
    { cell: 'gru', layers: 1, embedding: 2, feedForward: 0, pieces: 0 },
    { cell: 'gru', layers: 3, embedding: 0, feedForward: 9, pieces: 4 },
  ] as const)(
    'predicts the same: $cell, $layers layers, embedding of $embedding, $feedForward feed-forward units',
    (model) => expectSame(makeCheckpoint({ ...model, units: 20 }, 5), [randomEpisode(STEPS, 9)]),
  );

  it('predicts changes of values, and several characters at once', () => {
    const episodes = [1, 2, 3].map((seed) => randomEpisode(40, seed));
    const checkpoint = randomCheckpoint(
      { spec: SPEC, episodes },
      { seed: 1, model: { continuous: ['x'], valueTarget: 'change' } },
    );
    return expectSame(checkpoint, episodes);
  });

  it('predicts a network with nothing but embedded features and one head', () => {
    const checkpoint = makeCheckpoint({ embedding: 1, timeBins: 0, continuous: [] }, 2);
    return expectSame(checkpoint, [randomEpisode(40, 9)]);
  });

  it('predicts without experts as the network alone', () => {
    const episodes = [randomEpisode(60, 1), randomEpisode(60, 2)];
    const checkpoint = randomCheckpoint(
      { spec: SPEC, episodes },
      { seed: 1, model: { contexts: 2, unaided: true, feedForward: 7 } },
    );
    return expectSame(checkpoint, episodes);
  });

  it.each(['driver', 'robot'])('predicts the same as the %s checkpoint', (name) => {
    const checkpoint = parseCheckpoint(readFileSync(`assets/checkpoints/${name}.safetensors`));
    return expectSame(checkpoint, [inventEpisode(checkpoint, STEPS)]);
  });

  it('has the documented inputs and outputs, and only those of its network', async () => {
    const portsOf = async (checkpoint: Checkpoint) => {
      const run = await OnnxRun.load(writeOnnx(checkpoint), checkpoint.shape);
      await run.release();
      return run.ports;
    };
    expect(await portsOf(makeCheckpoint())).toEqual({
      inputs: ['features', 'h', 'c'],
      outputs: [
        'action_logits',
        'action_probabilities',
        'time_probabilities',
        'values',
        'next_h',
        'next_c',
      ],
    });
    expect(await portsOf(makeCheckpoint({ cell: 'gru', timeBins: 0, continuous: [] }))).toEqual({
      inputs: ['features', 'h'],
      outputs: ['action_logits', 'action_probabilities', 'next_h'],
    });
  });
});

describe('writeOnnx', () => {
  it('is the same for the same checkpoint, and little larger than its weights', () => {
    const checkpoint = makeCheckpoint({ units: 64 });
    const model = writeOnnx(checkpoint);
    expect(Buffer.compare(writeOnnx(checkpoint), model)).toBe(0);
    const weights = checkpoint.weights.byteLength;
    expect(model.length).toBeGreaterThan(weights);
    expect(model.length).toBeLessThan(weights + 8000);
  });

  it('holds what is needed to encode steps and to understand the outputs', () => {
    const checkpoint = makeCheckpoint();
    const metadata = onnxMetadata(writeOnnx(checkpoint));
    const { format, leftOut, ...facts } = networkFacts(checkpoint);
    expect([metadata.get('format'), metadata.get('leftOut')]).toEqual([format, leftOut]);
    expect(leftOut).toBe('');
    for (const [name, fact] of Object.entries(facts))
      expect(JSON.parse(metadata.get(name) ?? '')).toEqual(fact);
    expect(facts.columns).toEqual(['x', 'airborne', 'rivalAction', 'stage']);
    expect(facts.actions).toEqual(['idle', 'jab', 'block']);
    expect(facts.timeEdges.length).toBe(checkpoint.shape.timeBins - 1);
    expect(facts.values).toMatchObject([{ name: 'x', target: 'level' }]);
    expect(facts.encoding.length).toBe(checkpoint.shape.features);
  });

  it('states that experts are left out', () => {
    const episodes = [randomEpisode(60, 1)];
    const model = { contexts: 2, unaided: true };
    const checkpoint = randomCheckpoint({ spec: SPEC, episodes }, { seed: 1, model });
    const file = writeOnnx(checkpoint);
    expect(onnxMetadata(file).get('leftOut')).toMatch(/^The 6 n-gram experts are left out/);
    const [description] = readMessage(file).get(6) ?? [];
    expect(new TextDecoder().decode(description as Uint8Array)).toContain('experts are left out');
  });
});
