/** The robot's world: deterministic, and independent of Phaser and of the plugin. */
export * from './controls.ts';
export * from './disturbance.ts';
export * from './geometry.ts';
export * from './observe.ts';
export * from './odometer.ts';
export * from './random.ts';
export * from './room-families.ts';
export * from './room.ts';
export * from './run.ts';
export * from './sensors.ts';
export * from './start.ts';
export * from './teacher.ts';
export * from './trial.ts';
