/**
 * Types that the core's functions take and return, but that a program seldom has to name: options, fields
 * of a spec, parts of results. `import type { Types } from 'phaser-foresight/core'`, then
 * `Types.RolloutOptions`, as Phaser does with `Phaser.Types`.
 *
 * @module
 */
export type { ErrorCode } from './util/error.ts';
export type {
  BooleanField,
  CategoryField,
  CharacterSpecInput,
  IdField,
  NumberField,
  ObservationField,
  VectorField,
  VectorValue,
  WithSpec,
} from './record/spec.ts';
export type { BeginOptions, RecorderOptions } from './record/recorder.ts';
export type { EpisodeEnd, EpisodeSet } from './record/episode.ts';
export type { MomentOf } from './record/moment.ts';
export type { LoadOptions, StoreSize } from './record/episode-store.ts';
export type { IndexedDbStoreOptions } from './record/indexeddb-store.ts';
export type { ReadOptions } from './record/read-episodes.ts';
export type { UnpackOptions } from './record/unpack-file.ts';
export type { TrainerClientOptions, WorkerSource } from './worker/client.ts';
export type { ExpertVotes } from './dataset/expert-votes.ts';
export type { LearningListeners } from './worker/client-learning.ts';
export type { EngineChoice, EngineReport, LearnRequest } from './worker/protocol.ts';
export type { CheckpointFileOptions } from './model/checkpoint-file.ts';
export type { ReadProfileOptions, WriteProfileOptions } from './profile/profile-file.ts';
export type { PredictorOptions } from './predict/predictor.ts';
export type { PredictionEngine } from './predict/create-streaming.ts';
export type { ExpectedValue } from './predict/dynamics.ts';
export type { NormalPart } from './util/normal.ts';
export type { PredictedStep, RolloutOptions } from './predict/rollout.ts';
export type { ActionSequence, SequenceOptions } from './predict/likely-sequence.ts';
export type { SimulatedStep, SimulateStep } from './predict/simulate.ts';
export type { ExplainOptions } from './predict/explanation.ts';
export type { ExplanationTextOptions } from './predict/explanation-text.ts';
export type { ExactPayoff } from './npc/payoff.ts';
export type { CounterControllerOptions } from './npc/counter-controller.ts';
export type { MixedControllerOptions } from './npc/mixed-controller.ts';
export type { RestrictedNash } from './npc/restricted-nash.ts';
export type { ImitationControllerOptions } from './npc/imitation-controller.ts';
export type { FairDifficultyOptions } from './npc/fair-difficulty.ts';
export type { EarnedTrustOptions } from './npc/earned-trust.ts';
export type { PredictionDelayOptions } from './npc/prediction-delay.ts';
