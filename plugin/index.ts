/** The entry of `phaser-foresight`: the plugins and everything of `phaser-foresight/core`. */
export * from '../src/core.ts';
export * from '../src/worker/client.ts';
export { foresight } from './foresight.ts';
export type { ForesightPlugins } from './foresight.ts';
export type { ErrorSource, ForesightEvents, TrainedResult, TypedEmitter } from './game/events.ts';
export { ForesightModel } from './game/foresight-model.ts';
export { FORESIGHT_DEFAULTS, ForesightPlugin } from './game/foresight-plugin.ts';
export type { ForesightOptions } from './game/foresight-plugin.ts';
export { LiveAccuracy, RECENT_STEPS, SCORED_PAIRS } from './game/live-accuracy.ts';
export type { AccuracyShares, GuessedTime, ScoredGuess } from './game/live-accuracy.ts';
export type { ModelFileConfig } from './game/model-file.ts';
export type { DefineModelOptions, Models } from './game/models.ts';
export type { ActionNames, NamesByLanguage } from './overlay/action-names.ts';
export {
  PREDICTION_OVERLAY_DEFAULTS,
  PredictionOverlay,
  confidenceColour,
} from './overlay/prediction-overlay.ts';
export type { PredictionOverlayOptions } from './overlay/prediction-overlay.ts';
export type { PanelHandle } from './panel/panel-handle.ts';
export { PANEL_DEFAULTS } from './panel/panel-options.ts';
export type { PanelOptions } from './panel/panel-options.ts';
export type { Language } from './panel/texts.ts';
export type { RecordedEpisode } from './recordings/recorded-episode.ts';
export type { RecordingPlace, Recordings } from './recordings/recordings.ts';
export type { RecordedSession } from './recordings/sessions.ts';
export type {
  ControlOptions,
  ControlledCharacter,
  DecideInput,
} from './scene/controlled-character.ts';
export { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';
export type {
  ForesightScenePlugin as SceneForesight,
  LoadModelOptions,
} from './scene/foresight-scene-plugin.ts';
export { TrackedCharacter } from './scene/tracked-character.ts';
export type { TrackOptions } from './scene/tracked-character.ts';
export { LEARN_DEFAULTS } from './training/learner.ts';
export type { LearnOptions, Learner } from './training/learner.ts';
export type { ModelTraining } from './training/model-training.ts';
export type { TrainOptions } from './training/training-desk.ts';
