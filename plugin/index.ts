/**
 * The entry of `phaser-foresight`: what a Phaser game needs. What records, trains and predicts without
 * Phaser is in `phaser-foresight/core`, which also names the types of episodes, checkpoints and
 * explanations. Options and parts of results are named in `Types`.
 *
 * @module
 */
// Installing
export { foresight } from './foresight.ts';
export type { ForesightPlugins } from './foresight.ts';
export { ForesightPlugin } from './game/foresight-plugin.ts';
export type { ForesightOptions } from './game/foresight-plugin.ts';
export { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';
export type { ForesightScenePlugin as SceneForesight } from './scene/foresight-scene-plugin.ts';
export type { ForesightEvents, TrainedResult } from './game/events.ts';

// Describing characters
export { boolean, category, defineSpec, id, number, vector } from '../src/record/spec.ts';
export type { ActionOf, CharacterSpec, ObservationOf } from '../src/record/spec.ts';

// Models
export type { ForesightModel } from './game/foresight-model.ts';
export type { PlayerProfile } from '../src/profile/player-profile.ts';
export type { Learner } from './training/learner.ts';
export type { TrainingRun } from '../src/worker/client.ts';

// Characters
export type { TrackOptions, TrackedCharacter } from './scene/tracked-character.ts';
export type { LiveAccuracy } from './game/live-accuracy.ts';
export type { Prediction } from '../src/predict/prediction.ts';
export { likelySequence, rollout, simulate } from './scene/look-ahead.ts';
export { explain } from './scene/explain.ts';
export { choiceProbabilities } from '../src/predict/choice-probabilities.ts';
export { explanationText } from '../src/predict/explanation-text.ts';
export type { ControlledCharacter } from './scene/controlled-character.ts';

// Acting
export { CounterController } from '../src/npc/counter-controller.ts';
export { MixedController } from '../src/npc/mixed-controller.ts';
export { ImitationController } from '../src/npc/imitation-controller.ts';
export type { Controller, DecisionContext } from '../src/npc/controller.ts';
export type { PayoffTable } from '../src/npc/payoff.ts';
export { DIFFICULTIES } from '../src/npc/difficulty.ts';
export type { DifficultyName } from '../src/npc/difficulty.ts';
export { createRng } from '../src/util/rng.ts';
export type { Rng } from '../src/util/rng.ts';

// Showing
export type { OverlayHandle } from './overlay/overlay-handle.ts';
export type { PanelHandle } from './panel/panel-handle.ts';

// Recordings
export type { Recordings } from './recordings/recordings.ts';
export type { RecordedEpisode } from './recordings/recorded-episode.ts';

// Errors
export { ForesightError } from '../src/util/error.ts';

// Names that few games write
export type * as Types from './types.ts';
