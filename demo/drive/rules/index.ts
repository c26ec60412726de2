/** Public entry of the drive's rules. Metres, seconds, radians; x to the right, y down. */
export { CAR, createCar, slipOf, speedOf, stepCar } from './car.ts';
export type { Car, Conditions } from './car.ts';
export { DECISION_TICKS, DRIVE_ACTIONS, NO_CONTROLS, nameControls, TICK_RATE } from './controls.ts';
export type { Controls } from './controls.ts';
export { clamp, createRandom, wrap, wrapAngle } from './maths.ts';
export type { Random } from './maths.ts';
export { DRIVE_OBSERVATION, nearestCar, observe, observeRacer, speedAlong } from './observe.ts';
export type { DriveObservation, OtherCar, View } from './observe.ts';
export { gapAlong, isGrass, KERB, locate, poseAt } from './place.ts';
export type { Place, Pose } from './place.ts';
export { controlsOf, createRace, stepRace } from './race.ts';
export type { Grid, Race, RaceEvent, Racer } from './race.ts';
export { createTrack, indexAlong, meanCurvature, TRACK_WIDTH } from './track.ts';
export type { Track } from './track.ts';
