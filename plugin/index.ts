/** The entry of `phaser-foresight`: the plugins and everything of `phaser-foresight/core`. */
import './augment.ts';

export * from '../src/core.ts';
export * from '../src/worker/client.ts';
export type { ActionNames, NamesByLanguage } from './action-names.ts';
export type { ModelFileConfig } from './model-file.ts';
export { ModelFile } from './model-file.ts';
export { ControlledCharacter } from './controlled-character.ts';
export type { ControlOptions, DecideInput } from './controlled-character.ts';
export type { ErrorSource, ForesightEvents, TrainedResult, TypedEmitter } from './events.ts';
export { ForesightModel } from './foresight-model.ts';
export { FORESIGHT_DEFAULTS, ForesightPlugin } from './foresight-plugin.ts';
export type { ForesightPluginOptions } from './foresight-plugin.ts';
export { ForesightScenePlugin } from './foresight-scene-plugin.ts';
export { LEARN_DEFAULTS, Learner } from './learner.ts';
export type { LearnOptions } from './learner.ts';
export { LiveAccuracy, RECENT_STEPS, SCORED_PAIRS } from './live-accuracy.ts';
export type { AccuracyShares, GuessedTime, ScoredGuess } from './live-accuracy.ts';
export { ModelTraining } from './model-training.ts';
export {
  PREDICTION_OVERLAY_DEFAULTS,
  PredictionOverlay,
  confidenceColour,
} from './prediction-overlay.ts';
export type { PredictionOverlayOptions } from './prediction-overlay.ts';
export { Recordings } from './recordings.ts';
export type { RecordedEpisode, RecordingHost, RecordingPlace } from './recordings.ts';
export type { RecordedSession } from './sessions.ts';
export { TrackedCharacter } from './tracked-character.ts';
export type { TrackOptions } from './tracked-character.ts';
export type { TrainOptions } from './training-desk.ts';
export { TRAINING_PANEL_DEFAULTS, TrainingPanel } from './training-panel.ts';
export type { TrainingPanelOptions } from './training-panel.ts';
export type { Language } from './panel/texts.ts';
