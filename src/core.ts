/**
 * `phaser-foresight/core`: records play, trains on it, predicts and acts, in any engine and in Node. Needs
 * no Phaser; nothing of tfjs is loaded from here.
 *
 * @module
 */
export { ForesightError } from './util/error.ts';
export { createRng } from './util/rng.ts';
export type { Rng } from './util/rng.ts';

// Describing characters
export { boolean, category, defineSpec, id, number, vector } from './record/spec.ts';
export type { ActionOf, CharacterSpec, Observation, ObservationOf } from './record/spec.ts';

// Recording
export { Recorder } from './record/recorder.ts';
export { stepAt } from './record/episode.ts';
export type { Episode, EpisodeHeader, Step } from './record/episode.ts';
export { stepFromMoment } from './record/moment.ts';
export type { Moment } from './record/moment.ts';
export type { EpisodeChunk, EpisodeInfo, EpisodeStore } from './record/episode-store.ts';
export { MemoryEpisodeStore } from './record/memory-store.ts';
export { openIndexedDbStore } from './record/indexeddb-store.ts';
export { encodeEpisodes } from './record/binary-format.ts';
export { writeJsonLines } from './record/json-lines.ts';
export { readEpisodes } from './record/read-episodes.ts';

// Training, which runs in a worker
export { TrainerClient } from './worker/client.ts';
export type { TrainingResult, TrainingRun } from './worker/client.ts';
export type { LearningRun } from './worker/client-learning.ts';
export type { TrainRequest } from './worker/protocol.ts';
export type { TrainingProgress } from './train/progress.ts';
export type { ModelConfig, TrainingConfig } from './model/config.ts';

// Models
export { readCheckpoint, writeCheckpoint } from './model/load-checkpoint-file.ts';
export type { Checkpoint } from './model/checkpoint.ts';

// One player, to be carried to another browser
export { readProfile, writeProfile } from './profile/profile-file.ts';
export type { PlayerProfile } from './profile/player-profile.ts';

// Predicting
export { Predictor } from './predict/predictor.ts';
export type { Prediction } from './predict/prediction.ts';
export { choiceProbabilities } from './predict/choice-probabilities.ts';

// Looking further ahead, and why
export { rollout } from './predict/rollout.ts';
export { likelySequence } from './predict/likely-sequence.ts';
export { simulate } from './predict/simulate.ts';
export { explain } from './predict/explain.ts';
export type { Explanation } from './predict/explanation.ts';
export { explanationText } from './predict/explanation-text.ts';

// Acting
export type { Controller, DecisionContext } from './npc/controller.ts';
export type { PayoffTable } from './npc/payoff.ts';
export { CounterController } from './npc/counter-controller.ts';
export { MixedController } from './npc/mixed-controller.ts';
export { ImitationController } from './npc/imitation-controller.ts';
export { DIFFICULTIES } from './npc/difficulty.ts';
export type { Difficulty, DifficultyName } from './npc/difficulty.ts';
export { FairDifficulty } from './npc/fair-difficulty.ts';
export { EarnedTrust } from './npc/earned-trust.ts';
export { PredictionDelay } from './npc/prediction-delay.ts';

// Names that few programs write
export type * as Types from './core-types.ts';
