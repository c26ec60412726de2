/**
 * `phaser-foresight/core`: everything that needs no Phaser. Records, learns and predicts in any
 * engine, in Node and in a worker. Nothing of tfjs is loaded from here.
 */
export { ForesightError } from './util/error.ts';
export type { ErrorCode } from './util/error.ts';
export { argmax, entropy } from './util/math.ts';
export { createRng } from './util/rng.ts';
export type { Rng } from './util/rng.ts';

// Recording
export {
  boolean,
  category,
  checkSpec,
  defineSpec,
  id,
  number,
  requireSameSpec,
  specDifferences,
  specHash,
  vector,
} from './record/spec.ts';
export type {
  ActionOf,
  ActionSpec,
  BooleanField,
  CategoryField,
  CharacterSpec,
  CharacterSpecInput,
  IdField,
  NumberField,
  Observation,
  ObservationField,
  ObservationOf,
  ObservationSpec,
  Sampling,
  VectorField,
  VectorValue,
  WithSpec,
} from './record/spec.ts';
export { columnsOf } from './record/columns.ts';
export type { ColumnField } from './record/columns.ts';
export { stepAt } from './record/episode.ts';
export type { Episode, EpisodeEnd, EpisodeHeader, EpisodeSet, Step } from './record/episode.ts';
export { rowFromObservation } from './record/observation.ts';
export { Recorder, RECORDER_DEFAULTS } from './record/recorder.ts';
export { stepFromMoment } from './record/moment.ts';
export type { Moment, MomentOf } from './record/moment.ts';
export type { BeginOptions, RecorderOptions } from './record/recorder.ts';
export type {
  EpisodeChunk,
  EpisodeInfo,
  EpisodeStore,
  LoadOptions,
  StoreSize,
} from './record/episode-store.ts';
export { MemoryEpisodeStore } from './record/memory-store.ts';
export { DEFAULT_DATABASE, openIndexedDbStore } from './record/indexeddb-store.ts';
export { decodeEpisodes, encodeEpisodes } from './record/binary-format.ts';
export { readJsonLines, writeJsonLines } from './record/json-lines.ts';
export { readEpisodes } from './record/read-episodes.ts';
export { UNPACK_DEFAULTS } from './record/unpack-file.ts';
export type { UnpackOptions } from './record/unpack-file.ts';

// Data
export { Encoder } from './dataset/encoder.ts';
export type { EncoderState } from './dataset/encoder.ts';
export { fitStatistics } from './dataset/fit-statistics.ts';
export type { CleaningOptions, FitOptions } from './dataset/fit-statistics.ts';
export type {
  EncoderStatistics,
  FeatureBlock,
  FeatureLayout,
  FieldStatistics,
} from './dataset/statistics.ts';
export { LEARNING_DATA_DEFAULTS, learningData } from './dataset/learning-data.ts';
export type { LearningData, LearningDataOptions } from './dataset/learning-data.ts';
export { splitBySession, splitFolds } from './dataset/split.ts';
export type { Split, SplitOptions } from './dataset/split.ts';

// Models
export { parseCheckpoint, serializeCheckpoint } from './model/checkpoint-file.ts';
export type { CheckpointFileOptions } from './model/checkpoint-file.ts';
export type { Precision } from './model/quantize.ts';
export type { Checkpoint, CheckpointMetrics, TrainedOn } from './model/checkpoint.ts';
export {
  BURST_DEFAULTS,
  BURST_TRAINING,
  EXPERT_BURST,
  burstTraining,
} from './model/burst-training.ts';
export type { BurstOptions } from './model/burst-training.ts';
export { MODEL_DEFAULTS, TRAINING_DEFAULTS } from './model/config.ts';
export type {
  LearningRateConfig,
  ModelConfig,
  OptimizerConfig,
  TrainingConfig,
} from './model/config.ts';
export { DEFAULT_MODEL_DATABASE, openIndexedDbModelStore } from './model/indexeddb-model-store.ts';
export { MemoryModelStore } from './model/memory-model-store.ts';
export type { ModelStore, StoredModel } from './model/model-store.ts';
export { originOf } from './model/origin.ts';
export type { Beginning } from './model/origin.ts';
export { parameterLayout } from './model/network-shape.ts';
export type { NetworkShape } from './model/network-shape.ts';
export { resolveModelConfig, resolveTrainingConfig } from './model/resolve-config.ts';
export type { ModelConfigInput, TrainingConfigInput } from './model/resolve-config.ts';
export { freshTraining, playModel } from './model/play-model.ts';
export { POPULATION_MODEL, POPULATION_TRAINING, populationTraining } from './model/population.ts';

// Training, which runs in a worker
export { TrainerClient, TrainingRun } from './worker/client.ts';
export type { TrainerClientOptions, TrainingResult, WorkerSource } from './worker/client.ts';
export type { EngineChoice, EngineReport, TrainRequest } from './worker/protocol.ts';
export type { EngineName } from './train/backend.ts';
export type { TrainingProgress } from './train/progress.ts';

// Predicting
export { isSamePlan, newestRows } from './experts/expert-table.ts';
export { CHOOSE_CONTEXTS_DEFAULTS, chooseContexts } from './experts/choose-contexts.ts';
export type { ChooseContextsOptions } from './experts/choose-contexts.ts';
export { ContextTree, CONTEXT_TREE_DEFAULTS } from './experts/context-tree.ts';
export type { ContextMatch, ContextTreeOptions } from './experts/context-tree.ts';
export { sourceName } from './experts/symbol-source.ts';
export type { ContextPlan, SymbolSource } from './experts/symbol-source.ts';
export { SymbolHistory } from './experts/symbol-history.ts';
export { NgramModel } from './experts/ngram.ts';
export type { NgramOptions } from './experts/ngram.ts';
export type { ContextPart, ValueRange } from './experts/context-part.ts';
export { EXPERT_KINDS } from './experts/expert-kinds.ts';
export type { ExpertKindName } from './experts/expert-kinds.ts';
export { choiceProbabilities } from './predict/choice-probabilities.ts';
export { EXPLAIN_DEFAULTS } from './predict/explanation.ts';
export type {
  ExpertReason,
  ExplainOptions,
  Explanation,
  ObservationReason,
  StepReason,
} from './predict/explanation.ts';
export { EXPLANATION_TEXT_DEFAULTS, explanationText } from './predict/explanation-text.ts';
export type { ExplanationTextOptions } from './predict/explanation-text.ts';
export { contextPhrase } from './predict/context-phrase.ts';
export type { ContextPhraseOptions } from './predict/context-phrase.ts';
export { ENGLISH } from './predict/explanation-words.ts';
export { CHINESE } from './predict/explanation-words-chinese.ts';
export type { ExplanationWords } from './predict/explanation-words.ts';
export type { ExpectedValue } from './predict/dynamics.ts';
export { SEQUENCE_DEFAULTS } from './predict/likely-sequence.ts';
export type { ActionSequence, SequenceOptions } from './predict/likely-sequence.ts';
export type { Prediction } from './predict/prediction.ts';
export { Predictor, PREDICTOR_DEFAULTS } from './predict/predictor.ts';
export type { PredictorOptions } from './predict/predictor.ts';
export type { PredictionEngine } from './predict/create-streaming.ts';
export { ROLLOUT_DEFAULTS } from './predict/rollout.ts';
export type { PredictedStep, RolloutOptions } from './predict/rollout.ts';
export type { SimulatedStep, SimulateStep } from './predict/simulate.ts';

// Measuring
export { createBaselines } from './evaluate/baselines.ts';
export { measureValues } from './evaluate/continuous.ts';
export { crossValidation } from './evaluate/cross-validate.ts';
export type { CrossValidationOptions, Fold } from './evaluate/cross-validate.ts';
export { evaluateCheckpoint, scorePredictors } from './evaluate/evaluate.ts';
export type { EvaluationOptions, EvaluationReport, EvaluationRow } from './evaluate/evaluate.ts';
export { leaveOutTrained } from './evaluate/leave-out-trained.ts';
export { modelPredictor } from './evaluate/model-predictor.ts';
export { reportCharts } from './evaluate/report/report-charts.ts';
export type { ReportData } from './evaluate/report/report-data.ts';
export { reportPage } from './evaluate/report/report-page.ts';
export { rolloutReport } from './evaluate/rollouts.ts';
export type { RolloutReport, RolloutRow, RolloutScores } from './evaluate/rollouts.ts';
export { Scorer } from './evaluate/scorer.ts';
export type { Scores } from './evaluate/scorer.ts';
export type { SequencePredictor } from './evaluate/sequence-predictor.ts';

// Models of other programs
export type { EncodedColumn, LinearColumn } from './interchange/encoding.ts';
export { readLayersModel } from './interchange/layers-model/read-layers-model.ts';
export type {
  LayersModelMeaning,
  LayersModelSource,
} from './interchange/layers-model/read-layers-model.ts';
export { writeLayersModel } from './interchange/layers-model/write-layers-model.ts';
export type {
  LayersModelFiles,
  LayersModelOptions,
} from './interchange/layers-model/write-layers-model.ts';
export type { NetworkFacts, ValueFact } from './interchange/network-facts.ts';
export { writeOnnx } from './interchange/onnx/write-onnx.ts';
export { withoutExperts } from './interchange/without-experts.ts';

// Acting
export type { Controller, ControllerOptions, DecisionContext } from './npc/controller.ts';
export { COUNTER_CONTROLLER_DEFAULTS, CounterController } from './npc/counter-controller.ts';
export type { CounterControllerOptions } from './npc/counter-controller.ts';
export { DIFFICULTIES } from './npc/difficulty.ts';
export type { Difficulty, DifficultyName, DifficultyOptions } from './npc/difficulty.ts';
export { equilibrium } from './npc/equilibrium.ts';
export type { Equilibrium } from './npc/equilibrium.ts';
export { IMITATION_CONTROLLER_DEFAULTS, ImitationController } from './npc/imitation-controller.ts';
export type { ImitationControllerOptions } from './npc/imitation-controller.ts';
export { MIXED_CONTROLLER_DEFAULTS, MixedController } from './npc/mixed-controller.ts';
export type { MixedControllerOptions } from './npc/mixed-controller.ts';
export type { ExactPayoff, PayoffTable, UnknownName } from './npc/payoff.ts';
export { PredictionDelay } from './npc/prediction-delay.ts';
export type { PredictionDelayOptions } from './npc/prediction-delay.ts';
export { REACTION_DELAY_DEFAULTS, ReactionDelay } from './npc/reaction-delay.ts';
export type { ReactionDelayOptions } from './npc/reaction-delay.ts';
export { RESTRICTED_NASH_DEFAULTS, restrictedNash } from './npc/restricted-nash.ts';
export type { RestrictedNash, RestrictedNashOptions } from './npc/restricted-nash.ts';
