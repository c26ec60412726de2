/** The entry of `phaser-foresight`: the plugins and everything of `phaser-foresight/core`. */
import './augment.ts';

export * from '../src/core.ts';
export * from '../src/worker/client.ts';
export type { ActionNames, NamesByLanguage } from './overlay/action-names.ts';
export type { ModelFileConfig } from './game/model-file.ts';
export { ModelFile } from './game/model-file.ts';
export { ControlledCharacter } from './scene/controlled-character.ts';
export type { ControlOptions, DecideInput } from './scene/controlled-character.ts';
export type { ErrorSource, ForesightEvents, TrainedResult, TypedEmitter } from './game/events.ts';
export { ForesightModel } from './game/live-model.ts';
export { FORESIGHT_DEFAULTS, ForesightPlugin } from './game/foresight-plugin.ts';
export type { ForesightPluginOptions } from './game/foresight-plugin.ts';
export { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';
export { LEARN_DEFAULTS, Learner } from './training/learner.ts';
export type { LearnOptions } from './training/learner.ts';
export { LiveAccuracy, RECENT_STEPS, SCORED_PAIRS } from './game/live-accuracy.ts';
export type { AccuracyShares, GuessedTime, ScoredGuess } from './game/live-accuracy.ts';
export { ModelTraining } from './training/model-training.ts';
export {
  PREDICTION_OVERLAY_DEFAULTS,
  PredictionOverlay,
  confidenceColour,
} from './overlay/prediction-overlay.ts';
export type { PredictionOverlayOptions } from './overlay/prediction-overlay.ts';
export { Recordings } from './recordings/recordings.ts';
export type { RecordedEpisode, RecordingHost, RecordingPlace } from './recordings/recordings.ts';
export type { RecordedSession } from './recordings/sessions.ts';
export { TrackedCharacter } from './scene/tracked-character.ts';
export type { TrackOptions } from './scene/tracked-character.ts';
export type { TrainOptions } from './training/training-desk.ts';
export { TRAINING_PANEL_DEFAULTS, TrainingPanel } from './panel/training-panel.ts';
export type { TrainingPanelOptions } from './panel/training-panel.ts';
export type { Language } from './panel/texts.ts';
