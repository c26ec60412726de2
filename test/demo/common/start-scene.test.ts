import type * as Phaser from 'phaser';
import { expect, it } from 'vitest';
import { startFirst } from '../../../demo/common/start-scene.ts';

const scene = (name: string) => ({ name }) as unknown as typeof Phaser.Scene;
const [title, fight, robot] = ['title', 'fight', 'robot'].map(scene);
const SCENES = [
  ['title', title],
  ['fight', fight],
  ['robot', robot],
] as const;

it.each([
  ['', [title, fight, robot]],
  ['?scene=robot', [robot, title, fight]],
  ['?seed=1&scene=fight', [fight, title, robot]],
  ['?scene=nothing', [title, fight, robot]],
])('puts the scene that "%s" asks for first', (search, order) => {
  expect(startFirst(SCENES, search)).toEqual(order);
});
