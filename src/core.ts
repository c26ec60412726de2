/**
 * `phaser-foresight/core`: records play, trains on it, predicts and acts, in any engine and in Node. Needs
 * no Phaser; nothing of tfjs is loaded from here.
 *
 * @module
 */
export { ForesightError } from './util/error.ts';
export type { ErrorCode } from './util/error.ts';
export { createRng } from './util/rng.ts';
export type { Rng } from './util/rng.ts';

// Describing characters
export { boolean, category, defineSpec, id, number, vector } from './record/spec.ts';
export type {
  ActionOf,
  BooleanField,
  CategoryField,
  CharacterSpec,
  CharacterSpecInput,
  IdField,
  NumberField,
  Observation,
  ObservationField,
  ObservationOf,
  VectorField,
  VectorValue,
  WithSpec,
} from './record/spec.ts';

// Recording
export { Recorder } from './record/recorder.ts';
export type { BeginOptions, RecorderOptions } from './record/recorder.ts';
export { stepAt } from './record/episode.ts';
export type { Episode, EpisodeEnd, EpisodeHeader, EpisodeSet, Step } from './record/episode.ts';
export { stepFromMoment } from './record/moment.ts';
export type { Moment, MomentOf } from './record/moment.ts';
export type {
  EpisodeChunk,
  EpisodeInfo,
  EpisodeStore,
  LoadOptions,
  StoreSize,
} from './record/episode-store.ts';
export { MemoryEpisodeStore } from './record/memory-store.ts';
export { openIndexedDbStore } from './record/indexeddb-store.ts';
export type { IndexedDbStoreOptions } from './record/indexeddb-store.ts';
export { encodeEpisodes } from './record/binary-format.ts';
export { writeJsonLines } from './record/json-lines.ts';
export { readEpisodes } from './record/read-episodes.ts';
export type { ReadOptions } from './record/read-episodes.ts';
export type { UnpackOptions } from './record/unpack-file.ts';

// Training, which runs in a worker
export { TrainerClient } from './worker/client.ts';
export type {
  TrainerClientOptions,
  TrainingResult,
  TrainingRun,
  WorkerSource,
} from './worker/client.ts';
export type { ExpertVotes } from './dataset/expert-votes.ts';
export type { LearningListeners, LearningRun } from './worker/client-learning.ts';
export type { EngineChoice, EngineReport, LearnRequest, TrainRequest } from './worker/protocol.ts';
export type { TrainingProgress } from './train/progress.ts';
export type { ModelConfig, TrainingConfig } from './model/config.ts';

// Models
export { readCheckpoint, writeCheckpoint } from './model/load-checkpoint-file.ts';
export type { CheckpointFileOptions } from './model/checkpoint-file.ts';
export type { Checkpoint } from './model/checkpoint.ts';

// One player, to be carried to another browser
export { readProfile, writeProfile } from './profile/profile-file.ts';
export type { ReadProfileOptions, WriteProfileOptions } from './profile/profile-file.ts';
export type { PlayerProfile } from './profile/player-profile.ts';

// Predicting
export { Predictor } from './predict/predictor.ts';
export type { PredictorOptions } from './predict/predictor.ts';
export type { PredictionEngine } from './predict/create-streaming.ts';
export type { Prediction } from './predict/prediction.ts';
export { choiceProbabilities } from './predict/choice-probabilities.ts';
export type { ExpectedValue } from './predict/dynamics.ts';
export type { NormalPart } from './util/normal.ts';

// Looking further ahead, and why
export { rollout } from './predict/rollout.ts';
export type { PredictedStep, RolloutOptions } from './predict/rollout.ts';
export { likelySequence } from './predict/likely-sequence.ts';
export type { ActionSequence, SequenceOptions } from './predict/likely-sequence.ts';
export { simulate } from './predict/simulate.ts';
export type { SimulatedStep, SimulateStep } from './predict/simulate.ts';
export { explain } from './predict/explain.ts';
export type { ExplainOptions, Explanation } from './predict/explanation.ts';
export { explanationText } from './predict/explanation-text.ts';
export type { ExplanationTextOptions } from './predict/explanation-text.ts';

// Acting
export type { Controller, DecisionContext } from './npc/controller.ts';
export type { ExactPayoff, PayoffTable } from './npc/payoff.ts';
export { CounterController } from './npc/counter-controller.ts';
export type { CounterControllerOptions } from './npc/counter-controller.ts';
export { MixedController } from './npc/mixed-controller.ts';
export type { MixedControllerOptions } from './npc/mixed-controller.ts';
export type { RestrictedNash } from './npc/restricted-nash.ts';
export { ImitationController } from './npc/imitation-controller.ts';
export type { ImitationControllerOptions } from './npc/imitation-controller.ts';
export { DIFFICULTIES } from './npc/difficulty.ts';
export type { Difficulty, DifficultyName } from './npc/difficulty.ts';
export { PredictionDelay } from './npc/prediction-delay.ts';
export type { PredictionDelayOptions } from './npc/prediction-delay.ts';
export { ReactionDelay } from './npc/reaction-delay.ts';
export type { ReactionDelayOptions } from './npc/reaction-delay.ts';
