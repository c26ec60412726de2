import type { EngineReport } from './protocol.ts';

const announced = new Set<string>();

/** Says in the console which engine trains, and why: once for each engine that comes into use. */
export function announce({ engine, reason }: EngineReport): void {
  if (announced.has(engine)) return;
  announced.add(engine);
  console.info(`phaser-foresight trains on the engine ${engine}. ${reason}`);
}
