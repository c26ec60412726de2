/** What one part of the project may import. Itself is always allowed. */
export interface Area {
  /** Files that belong to the area; the first area that matches a file has it. */
  readonly files: RegExp;
  /** Areas it may import. `type:x` allows only types of x, `lazy:x` only types and `import()`. */
  readonly areas: readonly string[];
  /** Packages it may import; a name that ends in `*` stands for all that start so. */
  readonly packages?: readonly string[];
  /** Files that other areas may import; all of them when left out. */
  readonly doors?: RegExp;
}

const kernel = (folder: string, packages: readonly string[] = []): Area => ({
  files: new RegExp(`^src/kernels/${folder}/`),
  areas: ['network', 'util'],
  packages,
});

/** A scene of the demo: it knows no other scene. */
const scene = (name: string): Area => ({
  files: new RegExp(`^demo/${name}/`),
  areas: ['demo/rules', 'demo/common', 'plugin', 'core', 'worker/client', 'assets'],
  packages: ['phaser'],
});

const madeInNode = (name: string, folder: string): Area => ({
  files: new RegExp(`^demo/${name}/${folder}\\b`),
  areas: ['demo/rules', `demo/${name}`, 'demo/common', 'core', 'lab', 'train'],
  packages: ['node:*'],
});

/** The architecture: which part may import which. A new arrow must be added here, where reviewers see it. */
export const AREAS: Readonly<Record<string, Area>> = {
  util: { files: /^src\/util\//, areas: [], packages: ['valibot'] },
  // csv-parse reads CSV for the command alone: nothing that a game loads imports it.
  record: {
    files: /^src\/record\//,
    areas: ['util'],
    packages: ['csv-parse/sync', 'idb', 'valibot'],
  },
  dataset: { files: /^src\/dataset\//, areas: ['record', 'util'], packages: ['valibot'] },
  // Predict from counts alone; trained on while training, and in play.
  experts: {
    files: /^src\/experts\//,
    areas: ['dataset', 'record', 'util'],
    packages: ['valibot'],
  },
  // What a network is, and its passes in terms of an engine's operations.
  network: { files: /^src\/network\//, areas: ['dataset', 'util'] },
  model: {
    files: /^src\/model\//,
    areas: ['record', 'dataset', 'experts', 'network', 'util'],
    packages: ['idb', 'valibot'],
  },
  // One player, to be carried to another browser.
  profile: { files: /^src\/profile\//, areas: ['model', 'network', 'record', 'util'] },
  // The operations, once for each engine.
  'kernels/reference': kernel('reference'),
  'kernels/wasm': kernel('wasm'),
  'kernels/webgpu': kernel('webgpu', ['@tensorflow/*']),
  // The fused layer on its own, an entry of the package.
  tfjs: {
    files: /^src\/tfjs\b/,
    areas: ['kernels/webgpu', 'util'],
    packages: ['@tensorflow/*'],
  },
  train: {
    files: /^src\/train\//,
    areas: [
      'network',
      'kernels/reference',
      'kernels/wasm',
      'lazy:kernels/webgpu',
      'model',
      'experts',
      'dataset',
      'record',
      'util',
    ],
    packages: ['valibot'],
  },
  predict: {
    files: /^src\/predict\//,
    areas: [
      'network',
      'kernels/reference',
      'kernels/wasm',
      'model',
      'experts',
      'dataset',
      'record',
      'util',
    ],
  },
  // Models in the formats of other programs: written and read as bytes, without those programs.
  interchange: {
    files: /^src\/interchange\//,
    areas: ['network', 'model', 'dataset', 'record', 'util'],
    packages: ['valibot'],
  },
  // Episodes in the files of other programs, for the command.
  parquet: {
    files: /^src\/parquet\//,
    areas: ['record', 'util'],
    packages: ['hyparquet', 'hyparquet-compressors', 'hyparquet-writer', 'node:*', 'valibot'],
  },
  evaluate: {
    files: /^src\/evaluate\//,
    areas: ['train', 'predict', 'experts', 'network', 'model', 'dataset', 'record', 'util'],
  },
  npc: { files: /^src\/npc\//, areas: ['record', 'type:predict', 'util'] },
  'worker/protocol': {
    files: /^src\/worker\/protocol\.ts$/,
    areas: [
      'type:train',
      'type:evaluate',
      'type:model',
      'type:dataset',
      'type:record',
      'type:util',
    ],
  },
  'worker/client': {
    files: /^src\/worker\/client\b/,
    areas: [
      'type:worker/protocol',
      'lazy:worker/sources',
      'type:train',
      'type:evaluate',
      'type:model',
      'type:dataset',
      'type:record',
      'util',
    ],
    packages: ['comlink'],
  },
  // Texts of the package's files, put there by its build.
  'worker/sources': { files: /^src\/worker\/(worker|webgpu|reader)-source\.ts$/, areas: [] },
  'worker/webgpu': {
    files: /^src\/worker\/foresight\.webgpu\.js$/,
    areas: ['kernels/webgpu', 'util'],
  },
  'worker/reader': {
    files: /^src\/worker\/foresight\.reader\.js$/,
    areas: ['worker/worker', 'util'],
  },
  // Imports a file whose address only the page knows.
  'worker/fetch': {
    files: /^src\/worker\/fetch-/,
    areas: ['type:train', 'type:worker/protocol', 'type:worker/worker', 'util'],
    packages: ['<computed>'],
  },
  'worker/worker': {
    files: /^src\/worker\//,
    areas: [
      'train',
      'evaluate',
      'type:worker/protocol',
      'worker/fetch',
      'type:network',
      'model',
      'dataset',
      'record',
      'util',
    ],
    packages: ['comlink'],
  },
  // Worker threads of Node, for the command.
  threads: {
    files: /^src\/threads\//,
    areas: ['evaluate', 'train', 'network', 'kernels/wasm', 'model', 'dataset', 'record', 'util'],
    packages: ['node:*'],
  },
  cli: {
    files: /^src\/cli\//,
    areas: [
      'manifest',
      'threads',
      'npc',
      'interchange',
      'parquet',
      'evaluate',
      'predict',
      // How a worker chooses its engine, and where it finds the kernels for WebGPU.
      'worker/worker',
      'worker/fetch',
      'worker/client',
      'train',
      'network',
      'kernels/reference',
      'kernels/wasm',
      'lazy:kernels/webgpu',
      'experts',
      'model',
      'dataset',
      'record',
      'util',
    ],
    packages: ['cli-progress', 'diff', 'node:*', 'valibot', 'webgpu'],
  },
  core: {
    files: /^src\/core(-types)?\.ts$/,
    areas: [
      'npc',
      'predict',
      'type:train',
      'worker/client',
      'type:worker/protocol',
      'profile',
      'model',
      'dataset',
      'record',
      'util',
    ],
  },
  // What measures models: no game loads it.
  lab: {
    files: /^src\/lab\.ts$/,
    areas: ['npc', 'interchange', 'evaluate', 'experts', 'model', 'dataset', 'record'],
  },
  plugin: {
    files: /^plugin\//,
    areas: [
      'npc',
      'predict',
      'experts',
      'type:train',
      'worker/client',
      'type:worker/protocol',
      'profile',
      'model',
      'dataset',
      'record',
      'util',
    ],
    packages: ['phaser', 'uplot', 'uplot/*'],
    doors: /^plugin\/(index|scene-types)\.ts$/,
  },
  // Rules of every scene: deterministic, and headless.
  'demo/rules': { files: /^demo\/\w+\/rules\//, areas: [] },
  // Runs in Node alone: it may train, and write files.
  'demo/duel/tournament': madeInNode('duel', 'tournament'),
  'demo/duel/measure': {
    files: /^demo\/duel\/measure\b/,
    areas: [...madeInNode('duel', 'measure').areas, 'demo/duel/tournament', 'evaluate'],
    packages: ['node:*'],
  },
  'demo/duel/shadow': {
    files: /^demo\/duel\/shadow\b/,
    areas: [...madeInNode('duel', 'shadow').areas, 'demo/duel/tournament', 'demo/duel/measure'],
    packages: ['node:*', 'ml-logistic-regression', 'ml-matrix'],
  },
  'demo/drive/pretrain': madeInNode('drive', 'pretrain'),
  'demo/robot/pretrain': madeInNode('robot', 'pretrain'),
  'demo/duel': scene('duel'),
  'demo/drive': scene('drive'),
  'demo/robot': scene('robot'),
  'demo/common': { files: /^demo\/common\//, areas: ['plugin', 'core'], packages: ['phaser'] },
  demo: {
    files: /^demo\//,
    areas: ['demo/duel', 'demo/drive', 'demo/robot', 'demo/common', 'plugin', 'worker/client'],
    packages: ['phaser'],
  },
  // Scripts that make an example's data and images, in Node.
  examples: {
    files: /^examples\//,
    // Of the records only CSV, which is for the command.
    areas: ['core', 'record'],
    packages: ['node:*'],
  },
  assets: { files: /^assets\//, areas: [] },
  // For its version.
  manifest: { files: /^package\.json$/, areas: [] },
};
