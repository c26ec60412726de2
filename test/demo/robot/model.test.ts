import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RobotDriver } from '../../../demo/robot/npc/robot-driver.ts';
import { recordTeacher } from '../../../demo/robot/pretrain/record-teacher.ts';
import {
  baselineDrivers,
  modelDrivers,
  runTrials,
  UNSEEN_SEED,
} from '../../../demo/robot/pretrain/trials.ts';
import { ROBOT_SPEC } from '../../../demo/robot/robot-spec.ts';
import { RobotRun, createRoom } from '../../../demo/robot/rules/index.ts';
import { Predictor, readCheckpoint, readEpisodes } from '../../../src/core.ts';
import { requireSameSpec } from '../../../src/record/spec.ts';

const asset = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../assets/${path}`, import.meta.url)));

const bytes = asset('checkpoints/robot.safetensors');
const checkpoint = await readCheckpoint(bytes);
const [model] = await modelDrivers(checkpoint);

describe('the trained robot', () => {
  it('follows the wall of five unseen rooms for 60 seconds each without a hit', () => {
    const [row] = runTrials([model], { rooms: 5 });
    expect(row).toMatchObject({ trials: 5, hits: 0, withoutHit: 1, completed: 1 });
    expect(row.metres).toBeGreaterThan(20);
    expect(row.wallDistance).toBeGreaterThan(0.35);
    expect(row.wallDistance).toBeLessThan(0.65);
  });

  it('does so in nearly all of thirty other rooms', () => {
    const [row] = runTrials([model], { rooms: 30, seed: UNSEEN_SEED + 500 });
    expect(row.withoutHit).toBeGreaterThanOrEqual(0.95);
    expect(row.completed).toBeGreaterThanOrEqual(0.925);
  });

  it('is small, has the spec of the scene, and reports its errors', () => {
    expect(bytes.length).toBeLessThan(200_000);
    requireSameSpec(ROBOT_SPEC, checkpoint.spec, 'The checkpoint');
    const { heldOutTop1, values } = checkpoint.metrics;
    expect(heldOutTop1).toBeGreaterThan(0.5);
    expect(values?.from).toBe('held-out');
    expect(values?.deviations.turn).toBeLessThan(0.5);
  });

  it('drives by predictions alone, which depend on the weights', async () => {
    const broken = { ...checkpoint, weights: checkpoint.weights.map(() => 0) };
    const [still] = await modelDrivers(broken);
    const [row] = runTrials([still], { rooms: 5, seconds: 20 });
    expect(row.completed).toBe(0);
  });

  it('forgets a run at a reset', async () => {
    const driver = new RobotDriver(await Predictor.create(checkpoint));
    const first = () => driver.drive(new RobotRun({ room: createRoom(1), seed: 1 }));
    const before = first();
    for (let i = 0; i < 5; i++) driver.reset();
    expect(first()).toEqual(before);
  });
});

describe('baselines', () => {
  it('without sensors run into walls', () => {
    const drivers = baselineDrivers(checkpoint.trainedOn.actions);
    const rows = runTrials(drivers, { rooms: 5, seconds: 20 });
    expect(rows.map(({ driver }) => driver)).toEqual([
      'majority',
      'repeat-last',
      'ngram-2',
      'ngram-4',
    ]);
    for (const row of rows) expect(row.completed).toBe(0);
  });
});

describe('the bundled recording', () => {
  it('equals a new recording of the simulator', async () => {
    const { spec, episodes } = await readEpisodes(asset('recordings/robot.episodes.gz'), 'robot');
    requireSameSpec(ROBOT_SPEC, spec, 'The recording');
    const [again] = await recordTeacher({ rooms: 1, seed: 1, seconds: 30 });
    expect(episodes[0]).toEqual(again);
    expect(new Set(episodes.map(({ id }) => id)).size).toBe(episodes.length);
    expect(episodes.length).toBe(checkpoint.trainedOn.episodes);
  });

  it('contains none of the test rooms', async () => {
    const { episodes } = await readEpisodes(asset('recordings/robot.episodes.gz'), 'robot');
    const seeds = episodes.map(({ session }) => Number(session.slice('room:'.length)));
    expect(Math.max(...seeds)).toBeLessThan(UNSEEN_SEED);
  });
});
