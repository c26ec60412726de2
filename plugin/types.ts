/**
 * Types that the plugin's methods take and return, but that a game seldom has to name: options, parts of
 * results. `import type { Types } from 'phaser-foresight'`, then `Types.PanelOptions`, as Phaser does
 * with `Phaser.Types`.
 *
 * @module
 */
export type { LoadModelOptions } from './scene/foresight-scene-plugin.ts';
export type { ErrorSource, TypedEmitter } from './game/events.ts';
export type { ExportProfileOptions } from './game/foresight-model.ts';
export type { DefineModelOptions, Models } from './game/models.ts';
export type { ModelFileConfig } from './game/model-file.ts';
export type { LearnOptions } from './training/learner.ts';
export type { LearningFigures } from '../src/worker/protocol.ts';
export type { TrainOptions } from './training/training-desk.ts';
export type { AccuracyShares, ScoredGuess } from './game/live-accuracy.ts';
export type { ControlOptions, DecideInput } from './scene/controlled-character.ts';
export type { PredictionOverlayOptions } from './overlay/prediction-overlay.ts';
export type { ActionNames, NamesByLanguage } from './overlay/action-names.ts';
export type { PanelOptions } from './panel/panel-options.ts';
export type { Language } from './panel/texts.ts';
export type { RecordingPlace } from './recordings/recording-place.ts';
export type { RecordingLimits } from './recordings/recording-limits.ts';
export type { ImportOptions } from './game/import-file.ts';
export type { RecordedSession } from './recordings/sessions.ts';
export type { ErrorCode } from '../src/util/error.ts';
