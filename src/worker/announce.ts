import type { EngineReport } from './protocol.ts';

const announced = new Set<string>();

/** Reports on the console which engine trains, and why: once for each engine that is used. */
export function announce({ engine, reason }: EngineReport): void {
  if (announced.has(engine)) return;
  announced.add(engine);
  console.info(`phaser-foresight trains on the engine ${engine}. ${reason}`);
}
