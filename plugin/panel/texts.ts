import type { ExpertKindName } from '../../src/experts/expert-kinds.ts';
import type { PredictionEngine } from '../../src/predict/create-streaming.ts';
import type { ErrorCode } from '../../src/util/error.ts';

/** Languages of panel and overlay. */
export type Language = 'en' | 'zh';

const plural = (count: number | string, one: string, many: string): string =>
  `${count} ${String(count) === '1' ? one : many}`;

/** What a player did in a situation, in words of the language, and how often. */
interface HabitFigures {
  readonly where: string;
  readonly action: string;
  readonly count: number;
  readonly total: number;
}

const en = {
  /** What the language calls itself, and how it writes dates. */
  language: 'English',
  locale: 'en',
  title: 'Training',
  collapse: 'Collapse the training panel',
  expand: 'Expand the training panel',
  close: 'Close the training panel',
  resizeWidth: 'Width of the training panel',
  resizeHeight: 'Height of the training panel',
  escape: 'Esc returns the keys to the game.',
  drop: 'Drop recordings or a model here',
  tabs: { now: 'Now', learning: 'Learning', data: 'Data' },
  buttons: {
    record: 'Record',
    undo: 'Undo last episode',
    doNotLearn: 'Do not learn',
    train: 'Train now',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    predictions: 'Predictions',
    exportEpisodes: 'Export recordings',
    exportModel: 'Export model',
    import: 'Import…',
    clear: 'Delete everything',
    deleteSession: 'Delete',
  },
  on: 'on',
  off: 'off',
  recording: 'Recording',
  notRecording: 'Not recording',
  recorded: (episodes: number, steps: number): string =>
    `${plural(episodes, 'episode', 'episodes')}, ${plural(steps, 'step', 'steps')}`,
  nextAction: 'Next action',
  noPrediction: 'No prediction yet: play a little, or train.',
  predictionsOff: 'Predictions are off: the opponent plays without them.',
  time: {
    title: 'When',
    none: 'This model does not predict times.',
    waiting: 'No prediction yet.',
    next: (seconds: string, ticks: number): string => `in ${seconds} s (${ticks} ticks)`,
    passed: (ticks: number): string => `${plural(ticks, 'tick', 'ticks')} passed`,
    last: (actual: number, predicted: number): string =>
      `Last: after ${plural(actual, 'tick', 'ticks')}, predicted ${predicted}.`,
    error: (ticks: string): string => `Off by ${ticks} ticks on average.`,
  },
  targets: 'Next values',
  accuracy: (steps: number): string => `Right guesses, last ${steps} actions`,
  noAccuracy: 'Appears after the first predicted actions.',
  rows: { model: 'Model', mostFrequent: 'Most frequent', ngram: 'N-gram' },
  play: {
    title: 'Recent log-loss in play',
    none: 'Appears when the model learns from play.',
    rows: { learned: 'Learning', frozen: 'Without learning' },
    updates: (updates: number): string => `${plural(updates, 'update', 'updates')} so far.`,
    guessed: (learned: string, frozen: string): string =>
      `Recent actions that the network guesses: ${learned}, without learning ${frozen}.`,
  },
  loss: 'Loss in training',
  noLoss: 'Appears when a training begins.',
  lossRows: { training: 'Training', heldOut: 'Held out' },
  confusion: {
    title: 'Predicted and actual',
    none: 'Appears after the first predicted actions.',
    caption: (steps: number): string =>
      `Last ${plural(steps, 'action', 'actions')}: rows are actual, columns are predicted`,
    done: 'Actual',
    others: 'others',
  },
  experts: {
    title: 'Experts',
    none: 'This model is a network alone: it has no n-gram experts.',
    waiting: 'Appears with the next prediction.',
    network: (percent: number): string => `Trust in the network: ${percent}%`,
    knows: {
      population: 'All players',
      player: 'This player',
      recent: 'Recently',
    } satisfies Record<ExpertKindName, string>,
    always: 'in general',
    more: (count: number): string => `and ${count} more with less weight`,
  },
  habits: {
    title: 'Habits',
    none: 'None stands out in what is recorded so far.',
    line: ({ where, action, count, total }: HabitFigures): string =>
      `${where}: ${action}, ${count} of ${total} times`,
  },
  engine: {
    title: 'Engine',
    unknown: 'Starts with the first training.',
    reason: 'Why',
    adapter: 'Graphics',
    software: 'software',
    timings: 'Per update',
    failed: 'failed',
    prediction: 'Prediction',
    predictsWith: {
      wasm: 'WebAssembly',
      cpu: 'plain TypeScript, some 12 times slower; the console shows why',
    } satisfies Record<PredictionEngine, string>,
  },
  sessions: {
    title: 'Sessions',
    none: 'Nothing is recorded.',
    current: 'this one',
    unknownDate: 'imported',
    learn: 'Learn',
    learnFrom: (date: string): string => `Learn from the session of ${date}`,
    deleteOf: (date: string): string => `Delete the session of ${date}`,
    confirmDelete: (date: string): string =>
      `Delete the recordings of ${date}? What was learned from them stays until everything is deleted.`,
  },
  files: 'Files',
  dropHint: 'Files can also be dropped anywhere on this panel.',
  privacyTitle: 'What is stored',
  privacy: 'Recordings and the model stay in this browser until you export them.',
  stored: {
    indexeddb: (size: string, name: string): string =>
      `Your actions, and what the game lets the model see, are kept in the IndexedDB database “${name}”: ${size}.`,
    memory: (size: string): string =>
      `Your actions, and what the game lets the model see, are kept in memory: ${size}, gone when the page closes.`,
    custom: (size: string): string =>
      `Your actions, and what the game lets the model see, are kept where the game puts them: ${size}.`,
  },
  limits: {
    episodes: (count: string): string => plural(count, 'episode', 'episodes'),
    days: (count: string): string => plural(count, 'day', 'days'),
    or: ' or ',
    beyond: (limits: string): string => `Beyond ${limits} the oldest recordings are deleted.`,
  },
  learned: {
    inMemory: 'What the model learns is in memory only.',
    kept: (size: string, name: string): string =>
      `Trained models are kept for your next visit in the database “${name}”: ${size}.`,
  },
  storedElsewhere:
    'The size of this panel is in local storage. “Delete everything” removes all of it.',
  confirmClear: 'Delete every recording and what was learned from it? This cannot be undone.',
  confirmYes: 'Delete',
  confirmNo: 'Keep',
  status: {
    idle: 'Ready.',
    learning: 'Learning from play.',
    rolledBack: 'Learning from play, again from weights that predicted better.',
    training: 'Training.',
    paused: 'Paused.',
    cancelled: 'Cancelled. The old weights stay.',
    swapped: 'New weights are in use.',
    restored: (date: string): string => `The model continues from what it learned until ${date}.`,
    improved: (before: number, after: number): string =>
      `New weights are in use: log-loss ${after.toFixed(2)}, was ${before.toFixed(2)} nats.`,
    kept: (before: number, after: number): string =>
      `The new weights were no better (log-loss ${after.toFixed(2)}, was ${before.toFixed(2)} nats), so the old ones stay.`,
    recording: 'What you play is recorded.',
    notRecording: 'What you play now is not recorded.',
    undone: 'The last episode was removed.',
    nothingToUndo: 'There is no episode to remove.',
    cleared: 'Everything was deleted.',
    deleted: 'The session was deleted.',
    notLearning: 'What you play now is kept out of learning.',
    learningAgain: 'What you play now may be learned from.',
    sessionOut: 'That session is kept out of learning.',
    sessionIn: 'That session may be learned from.',
    exported: (name: string): string => `Saved as ${name}.`,
    importedEpisodes: (count: number): string =>
      `${plural(count, 'new episode', 'new episodes')} imported.`,
    importedModel: 'The imported model is in use.',
    importCancelled: 'The import was cancelled, and nothing of it stays.',
  },
  progressLabel: 'Progress of the training',
  importLabel: 'Progress of the import',
  importing: (name: string): string => `Importing ${name}`,
  cancelImport: 'Cancel import',
  progress: (epoch: number, epochs: number, secondsLeft: number): string =>
    `Epoch ${epoch} of ${epochs}, ${Math.ceil(secondsLeft)} s left`,
  /** An error and its fix; the message of the library has both, in English. */
  error: (_code: ErrorCode | null, message: string): string => message,
};

/** Every word the panel shows. */
export type PanelTexts = typeof en;

const ERRORS_ZH: Readonly<Record<ErrorCode, string>> = {
  'bad-spec': '角色规格有误，请让开发者修正。',
  'bad-config': '设置有误，请让开发者修正。',
  'bad-data': '没有可用的数据。请先玩一会儿，或导入录制。',
  'unknown-action': '未知的动作，请让开发者修正。',
  'bad-observation': '观测值有误，请让开发者修正。',
  'spec-mismatch': '文件属于另一个游戏或另一个版本。请换一个文件，或重新录制并训练。',
  'corrupt-file': '文件已损坏或不是录制或模型。请重新导出后再试。',
  'too-large': '文件太大。请分成几个较小的文件。',
  'wrong-version': '文件来自另一个版本。请更新游戏，并清除浏览器缓存。',
  'storage-full': '浏览器的存储空间已满。请导出后删除一些场次。',
  storage: '浏览器的存储出错。请导出需要保留的内容，然后重新加载页面。',
  'no-webgpu': '这里无法使用 WebGPU。请改用其他引擎。',
  'no-wasm': '这里无法使用 WebAssembly。请改用其他引擎。',
  'worker-failed': '训练线程停止了。请再试一次，或重新加载页面。',
  cancelled: '已取消。',
  'not-ready': '还没有可用的模型或内容。请先训练或导入。',
  diverged: '训练发散了，旧的权重保留。请再试一次。',
};

const zh: PanelTexts = {
  language: '中文',
  locale: 'zh-CN',
  title: '训练',
  collapse: '折叠训练面板',
  expand: '展开训练面板',
  close: '关闭训练面板',
  resizeWidth: '训练面板的宽度',
  resizeHeight: '训练面板的高度',
  escape: '按 Esc 把按键交还给游戏。',
  drop: '把录制或模型文件拖到这里',
  tabs: { now: '现在', learning: '学习', data: '数据' },
  buttons: {
    record: '录制',
    undo: '撤销上一回合',
    doNotLearn: '不学习',
    train: '立即训练',
    pause: '暂停',
    resume: '继续',
    cancel: '取消',
    predictions: '预测',
    exportEpisodes: '导出录制',
    exportModel: '导出模型',
    import: '导入…',
    clear: '全部删除',
    deleteSession: '删除',
  },
  on: '开',
  off: '关',
  recording: '正在录制',
  notRecording: '未录制',
  recorded: (episodes, steps) => `${episodes} 个回合，${steps} 步`,
  nextAction: '下一个动作',
  noPrediction: '还没有预测：请玩一会儿，或先训练。',
  predictionsOff: '预测已关闭：对手不使用预测。',
  time: {
    title: '何时',
    none: '这个模型不预测时间。',
    waiting: '还没有预测。',
    next: (seconds, ticks) => `${seconds} 秒后（${ticks} 刻）`,
    passed: (ticks) => `已过 ${ticks} 刻`,
    last: (actual, predicted) => `上次：${actual} 刻后发生，预测为 ${predicted} 刻。`,
    error: (ticks) => `平均相差 ${ticks} 刻。`,
  },
  targets: '下一个数值',
  accuracy: (steps) => `最近 ${steps} 个动作的命中率`,
  noAccuracy: '有了预测过的动作后显示。',
  rows: { model: '模型', mostFrequent: '最常见', ngram: 'N 元' },
  play: {
    title: '边玩边学的近期对数损失',
    none: '模型开始边玩边学后显示。',
    rows: { learned: '学习', frozen: '不学习' },
    updates: (updates) => `已更新 ${updates} 次。`,
    guessed: (learned, frozen) => `网络近期猜中的动作：${learned}，不学习时 ${frozen}。`,
  },
  loss: '训练中的损失',
  noLoss: '开始训练后显示。',
  lossRows: { training: '训练', heldOut: '留出' },
  confusion: {
    title: '预测与实际',
    none: '有了预测过的动作后显示。',
    caption: (steps) => `最近 ${steps} 个动作：行为实际，列为预测`,
    done: '实际',
    others: '其他',
  },
  experts: {
    title: '专家',
    none: '这个模型只有网络，没有 N 元专家。',
    waiting: '下一次预测时显示。',
    network: (percent) => `对网络的信任：${percent}%`,
    knows: { population: '所有玩家', player: '这位玩家', recent: '最近' },
    always: '总体上',
    more: (count) => `另有 ${count} 个权重较小`,
  },
  habits: {
    title: '习惯',
    none: '目前的录制中没有突出的习惯。',
    line: ({ where, action, count, total }) => `${where}：${action}，${total} 次中有 ${count} 次`,
  },
  engine: {
    title: '引擎',
    unknown: '第一次训练时启动。',
    reason: '原因',
    adapter: '显卡',
    software: '软件模拟',
    timings: '每次更新',
    failed: '失败',
    prediction: '预测',
    predictsWith: {
      wasm: '使用 WebAssembly',
      cpu: '使用纯 TypeScript，约慢 12 倍；原因见控制台',
    },
  },
  sessions: {
    title: '场次',
    none: '还没有录制。',
    current: '当前',
    unknownDate: '导入的',
    learn: '学习',
    learnFrom: (date) => `从 ${date} 的场次学习`,
    deleteOf: (date) => `删除 ${date} 的场次`,
    confirmDelete: (date) => `删除 ${date} 的录制吗？从中学到的内容会保留，直到全部删除。`,
  },
  files: '文件',
  dropHint: '也可以把文件拖到面板上的任何位置。',
  privacyTitle: '存储了什么',
  privacy: '录制和模型都留在这个浏览器里，除非你导出它们。',
  stored: {
    indexeddb: (size, name) =>
      `你的动作，以及游戏让模型看到的内容，保存在 IndexedDB 数据库“${name}”中：${size}。`,
    memory: (size) => `你的动作，以及游戏让模型看到的内容，保存在内存中：${size}，关闭页面后消失。`,
    custom: (size) => `你的动作，以及游戏让模型看到的内容，由游戏保存：${size}。`,
  },
  limits: {
    episodes: (count) => `${count} 个回合`,
    days: (count) => `${count} 天`,
    or: ' 或 ',
    beyond: (limits) => `超过 ${limits} 时，最早的录制会被删除。`,
  },
  learned: {
    inMemory: '模型学到的内容只在内存中。',
    kept: (size, name) => `训练好的模型为下次访问保存在数据库“${name}”中：${size}。`,
  },
  storedElsewhere: '面板的大小保存在本地存储中。“全部删除”会删除这一切。',
  confirmClear: '删除所有录制以及从中学到的内容吗？此操作无法撤销。',
  confirmYes: '删除',
  confirmNo: '保留',
  status: {
    idle: '就绪。',
    learning: '正在边玩边学。',
    rolledBack: '正在边玩边学，已回到预测更好的权重。',
    training: '正在训练。',
    paused: '已暂停。',
    cancelled: '已取消，旧的权重保留。',
    swapped: '新的权重已启用。',
    restored: (date) => `从 ${date} 之前学到的内容继续。`,
    improved: (before, after) =>
      `新的权重已启用：对数损失 ${after.toFixed(2)}，之前为 ${before.toFixed(2)} 奈特。`,
    kept: (before, after) =>
      `新的权重没有更好（对数损失 ${after.toFixed(2)}，之前为 ${before.toFixed(2)} 奈特），旧的权重保留。`,
    recording: '你玩的内容会被录制。',
    notRecording: '现在玩的内容不会被录制。',
    undone: '上一回合已删除。',
    nothingToUndo: '没有可以删除的回合。',
    cleared: '已全部删除。',
    deleted: '该场次已删除。',
    notLearning: '现在玩的内容不用于学习。',
    learningAgain: '现在玩的内容可以用于学习。',
    sessionOut: '该场次不用于学习。',
    sessionIn: '该场次可以用于学习。',
    exported: (name) => `已保存为 ${name}。`,
    importedEpisodes: (count) => `导入了 ${count} 个新回合。`,
    importedModel: '导入的模型已启用。',
    importCancelled: '导入已取消，没有留下任何内容。',
  },
  progressLabel: '训练进度',
  importLabel: '导入进度',
  importing: (name) => `正在导入 ${name}`,
  cancelImport: '取消导入',
  progress: (epoch, epochs, secondsLeft) =>
    `第 ${epoch}/${epochs} 轮，还剩 ${Math.ceil(secondsLeft)} 秒`,
  error: (code, message) => (code ? `${ERRORS_ZH[code]}（${message}）` : `出错了：${message}`),
};

/** The one table: a text that is missing in a language does not compile. */
export const TEXTS: Readonly<Record<Language, PanelTexts>> = { en, zh };

/** Picks one of the texts, whatever the language will be when it is shown. */
export type PickText = (texts: PanelTexts) => string;

/** The language of the browser, where the table has it; English elsewhere. */
export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
