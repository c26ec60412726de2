import { describe, expect, it } from 'vitest';
import { fitExperts } from '../../src/experts/expert-table.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { ExpertsSender } from '../../src/worker/client-experts.ts';
import { KnownExperts } from '../../src/worker/known-experts.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const { spec, episodes } = habitualEpisodes({ sessions: 2, length: 30, seed: 1 });

/** A checkpoint with only the parts that matter here. */
const checkpoint = (): Checkpoint =>
  ({
    weights: Float32Array.of(1, 2),
    experts: fitExperts(spec, episodes, { contexts: 2, timeEdges: [6] }),
  }) as unknown as Checkpoint;

/** Sends checkpoints in a request and receives them, copied as on the way to a worker. */
function travel(sender: ExpertsSender, known: KnownExperts, some: readonly Checkpoint[]) {
  const { sent, held } = structuredClone(sender.send(some));
  return { sent, arrived: known.receive(sent, held) };
}

describe('experts on their way to the worker', () => {
  it('travel once, and are the same object there each time', () => {
    const [sender, known] = [new ExpertsSender(), new KnownExperts()];
    const one = checkpoint();
    const first = travel(sender, known, [one]);
    const later = travel(sender, known, [{ ...one, weights: Float32Array.of(3) }, one]);
    expect(first.arrived[0]).toEqual(one);
    expect(later.sent.map(({ experts }) => experts)).toEqual([undefined, undefined]);
    expect(later.arrived[0].weights).toEqual(Float32Array.of(3));
    for (const { experts } of later.arrived) expect(experts).toBe(first.arrived[0].experts);
  });

  it('are forgotten after enough others, and travel again then', () => {
    const [sender, known] = [new ExpertsSender(), new KnownExperts()];
    const all = Array.from({ length: 6 }, checkpoint);
    for (const one of all) travel(sender, known, [one]);
    expect(travel(sender, known, [all[5]]).sent[0].experts).toBeUndefined();
    const again = travel(sender, known, [all[0]]);
    expect(again.sent[0].experts).toEqual(all[0].experts);
    expect(again.arrived[0]).toEqual(all[0]);
  });

  it('arrive all, however many one request names', () => {
    const [sender, known] = [new ExpertsSender(), new KnownExperts()];
    const all = Array.from({ length: 9 }, checkpoint);
    expect(travel(sender, known, all).arrived).toEqual(all);
    expect(travel(sender, known, all).arrived).toEqual(all);
  });

  it('travel again after a request that failed', () => {
    const [sender, known] = [new ExpertsSender(), new KnownExperts()];
    const one = checkpoint();
    sender.send([one]);
    sender.forget();
    expect(travel(sender, known, [one]).arrived[0]).toEqual(one);
  });

  it('are an error for a worker that never received them', () => {
    const sender = new ExpertsSender();
    const one = checkpoint();
    sender.send([one]);
    const { sent, held } = sender.send([one]);
    expect(() => new KnownExperts().receive(sent, held)).toThrow(/does not hold the experts/);
  });

  it('need not be there: a checkpoint without experts stays as it is', () => {
    const plain = { weights: Float32Array.of(1) } as unknown as Checkpoint;
    const { sent, held } = new ExpertsSender().send([plain]);
    expect(sent[0]).toBe(plain);
    expect(held).toEqual([]);
    expect(new KnownExperts().receive(sent)).toEqual([plain]);
  });
});
