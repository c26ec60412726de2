/**
 * `phaser-foresight/lab`: measures models, prepares their data, and exchanges networks with other programs, in
 * Node or on a page of its own. A game needs nothing of it.
 *
 * @module
 */
// Splitting and preparing episodes
export { splitBySession, splitFolds } from './dataset/split.ts';
export type { Split, SplitOptions } from './dataset/split.ts';
export { fitStatistics } from './dataset/fit-statistics.ts';
export type { FitOptions } from './dataset/fit-statistics.ts';
export type {
  EncoderStatistics,
  FeatureBlock,
  FeatureLayout,
  FieldStatistics,
} from './dataset/statistics.ts';
export { specDifferences, specHash } from './record/spec.ts';

// Training as the plugin and the command do
export { ONLINE_DEFAULTS } from './model/online-options.ts';
export type { OnlineOptions } from './model/online-options.ts';
export { POPULATION_MODEL, populationTraining } from './model/population.ts';
export type { TrainingConfigInput } from './model/resolve-config.ts';
export { newestRows } from './experts/expert-table.ts';
export type { ExpertTable } from './experts/expert-table.ts';

// Baselines and n-grams
export { createBaselines } from './evaluate/baselines.ts';
export { categoryBaselines } from './evaluate/category-ngram.ts';
export { NgramModel } from './experts/ngram.ts';
export type { NgramOptions } from './experts/ngram.ts';
export { ContextTree } from './experts/context-tree.ts';
export type { ContextMatch, ContextTreeOptions } from './experts/context-tree.ts';
export { chooseContexts } from './experts/choose-contexts.ts';
export type { ChooseContextsOptions } from './experts/choose-contexts.ts';
export { sourceName } from './experts/symbol-source.ts';
export type { ContextPlan, SymbolSource } from './experts/symbol-source.ts';

// Evaluating
export { evaluateCheckpoint, scorePredictors } from './evaluate/evaluate.ts';
export type {
  EvaluationOptions,
  EvaluationReport,
  EvaluationRow,
  ScoringOptions,
  ScoringProgress,
} from './evaluate/evaluate.ts';
export { modelPredictor } from './evaluate/model-predictor.ts';
export type { ModelRowOptions } from './evaluate/model-predictor.ts';
export type { SequencePredictor } from './evaluate/sequence-predictor.ts';
export { Scorer } from './evaluate/scorer.ts';
export type { Scores } from './evaluate/scorer.ts';
export { crossValidation } from './evaluate/cross-validate.ts';
export type { CrossValidationOptions, Fold } from './evaluate/cross-validate.ts';
export { leaveOutTrained } from './evaluate/leave-out-trained.ts';
export type { UnseenEpisodes } from './evaluate/leave-out-trained.ts';
export { rolloutReport } from './evaluate/rollouts.ts';
export type { RolloutReport, RolloutReportOptions } from './evaluate/rollouts.ts';
export { measureValues } from './evaluate/continuous.ts';
export type { ValueMetrics } from './model/checkpoint.ts';

// Reports
export { reportCharts } from './evaluate/report/report-charts.ts';
export { reportPage } from './evaluate/report/report-page.ts';
export type { ReportData } from './evaluate/report/report-data.ts';

// Models for and from other programs
export { Encoder } from './dataset/encoder.ts';
export type { EncoderState } from './dataset/encoder.ts';
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

// Games in normal form
export { equilibrium } from './npc/equilibrium.ts';
export type { Equilibrium, EquilibriumOptions } from './npc/equilibrium.ts';
export { restrictedNash } from './npc/restricted-nash.ts';
export type { RestrictedNash, RestrictedNashOptions } from './npc/restricted-nash.ts';
