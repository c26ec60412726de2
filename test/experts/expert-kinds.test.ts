import { describe, expect, it, onTestFinished } from 'vitest';
import { TEXTS } from '../../plugin/panel/texts.ts';
import { reportCharts } from '../../src/evaluate/report/report-charts.ts';
import {
  EXPERT_KINDS,
  EXPERTS_PER_CONTEXT,
  expertKind,
  firstOfKind,
} from '../../src/experts/expert-kinds.ts';
import { expertCount } from '../../src/experts/symbol-source.ts';
import { serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import { CHINESE } from '../../src/predict/explanation-words-chinese.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { Folder, foresightHere } from '../cli/run.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { explain } from '../../src/predict/explain.ts';

const CONTEXTS = 2;
const set = habitualEpisodes({ sessions: 2, length: 40, seed: 1 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: CONTEXTS } });
const K = CONTEXTS * EXPERT_KINDS.length;
const names = EXPERT_KINDS.map(({ name }) => name);

describe('the kinds of experts', () => {
  it('number the experts, kind after kind', () => {
    expect(EXPERTS_PER_CONTEXT).toBe(EXPERT_KINDS.length);
    const numbered = Array.from({ length: K }, (_, k) => expertKind(k, CONTEXTS));
    expect(numbered).toEqual(names.flatMap((name) => [name, name]));
    for (const name of names) expect(firstOfKind(name, CONTEXTS)).toBe(numbered.indexOf(name));
  });

  it('are all there in network, follower, explanation and report', () => {
    expect(checkpoint.shape.experts).toBe(K);
    expect(expertCount(checkpoint.experts!.plan)).toBe(K);
    const predictor = createPredictor(checkpoint);
    predictor.observe('hero', stepAt(set.episodes[0], 0));
    expect(predictor.experts('hero')!.logs).toHaveLength(K * checkpoint.shape.actions);
    expect(predictor.expertWeights('hero')).toHaveLength(K);
    const { experts } = explain(predictor, 'hero', { steps: 0 })!;
    expect(experts.map(({ knows }) => knows).sort()).toEqual(
      names.flatMap((name) => [name, name]).sort(),
    );
    const [{ weights }] = reportCharts(checkpoint, set.episodes).expertWeights!;
    const listed = Object.keys(weights);
    expect(listed).toHaveLength(K);
    for (const name of names)
      expect(listed.filter((one) => one.startsWith(`${ENGLISH.kinds[name]}: `))).toHaveLength(2);
  });

  it('have a name in every language, of explanations and of the panel', () => {
    for (const kinds of [
      ENGLISH.kinds,
      CHINESE.kinds,
      TEXTS.en.experts.knows,
      TEXTS.zh.experts.knows,
    ]) {
      expect(Object.keys(kinds)).toEqual(names);
      expect(new Set(Object.values(kinds)).size).toBe(names.length);
    }
  });

  it('are listed by the command', async () => {
    const folder = new Folder();
    onTestFinished(() => folder.remove());
    const file = folder.write('model.safetensors', serializeCheckpoint(checkpoint));
    const { stdout } = await foresightHere(['inspect', file]);
    const kinds = names.map((name) => ENGLISH.kinds[name]).join(', ');
    expect(stdout).toContain(`${K} experts, ${EXPERTS_PER_CONTEXT} for each context (${kinds})`);
  });
});
