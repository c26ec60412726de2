/**
 * The entry of `phaser-foresight`: what a Phaser game needs. What records, trains and predicts without
 * Phaser is in `phaser-foresight/core`, which also names the types of episodes, models and explanations.
 *
 * @module
 */
// Installing
export { foresight } from './foresight.ts';
export type { ForesightPlugins } from './foresight.ts';
export { ForesightPlugin } from './game/foresight-plugin.ts';
export type { ForesightOptions } from './game/foresight-plugin.ts';
export { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';
export type {
  ForesightScenePlugin as SceneForesight,
  LoadModelOptions,
} from './scene/foresight-scene-plugin.ts';
export type { ErrorSource, ForesightEvents, TrainedResult, TypedEmitter } from './game/events.ts';

// Describing characters
export { boolean, category, defineSpec, id, number, vector } from '../src/record/spec.ts';
export type { ActionOf, CharacterSpec, ObservationOf } from '../src/record/spec.ts';

// Models
export type { ExportProfileOptions, ForesightModel } from './game/foresight-model.ts';
export type { PlayerProfile } from '../src/profile/player-profile.ts';
export type { DefineModelOptions, Models } from './game/models.ts';
export type { ModelFileConfig } from './game/model-file.ts';
export { LEARN_DEFAULTS } from './training/learner.ts';
export type { LearnOptions, Learner } from './training/learner.ts';
export type { LearningFigures } from '../src/worker/protocol.ts';
export type { TrainOptions } from './training/training-desk.ts';
export type { ModelTraining } from './training/model-training.ts';

// Characters
export type { TrackOptions, TrackedCharacter } from './scene/tracked-character.ts';
export type { AccuracyShares, LiveAccuracy, ScoredGuess } from './game/live-accuracy.ts';
export type { Prediction } from '../src/predict/prediction.ts';
export { likelySequence, rollout, simulate } from './scene/look-ahead.ts';
export { explain } from './scene/explain.ts';
export { choiceProbabilities } from '../src/predict/choice-probabilities.ts';
export { explanationText } from '../src/predict/explanation-text.ts';
export type {
  ControlOptions,
  ControlledCharacter,
  DecideInput,
} from './scene/controlled-character.ts';

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
export type { PredictionOverlayOptions } from './overlay/prediction-overlay.ts';
export type { ActionNames, NamesByLanguage } from './overlay/action-names.ts';
export type { PanelHandle } from './panel/panel-handle.ts';
export type { PanelOptions } from './panel/panel-options.ts';
export type { Language } from './panel/texts.ts';

// Recordings
export type { Recordings } from './recordings/recordings.ts';
export type { RecordingPlace } from './recordings/recording-place.ts';
export { RECORDING_LIMITS } from './recordings/recording-limits.ts';
export type { RecordingLimits } from './recordings/recording-limits.ts';
export type { ImportOptions } from './game/import-file.ts';
export type { RecordedEpisode } from './recordings/recorded-episode.ts';
export type { RecordedSession } from './recordings/sessions.ts';

// Errors
export { ForesightError } from '../src/util/error.ts';
export type { ErrorCode } from '../src/util/error.ts';
