/** A page of the docs. */
export interface Page {
  /** Path from the folder docs, without `.md`. */
  readonly path: string;
  /** Short, for the sidebar. */
  readonly title: string;
  /** What it answers, in a sentence. */
  readonly about: string;
}

export interface Section {
  readonly title: string;
  readonly pages: readonly Page[];
}

const page = (path: string, title: string, about: string): Page => ({ path, title, about });

/** Every page of the docs, in reading order: the sidebar, the home page's order and llms.txt follow it. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Start',
    pages: [
      page('quick-start', 'Quick start', 'A game with a rival that learns, in five minutes.'),
      page(
        'observations-and-actions',
        'Observations and actions',
        'What to record so that a character can be predicted.',
      ),
      page('predictions', 'Predictions', 'What a prediction contains, further ahead, and why.'),
      page(
        'controllers',
        'Payoff tables and controllers',
        'What an NPC does with a prediction, and how hard it is to beat.',
      ),
      page('training-mode', 'Training mode', 'The panel and the overlay in your game.'),
    ],
  },
  {
    title: 'Ship',
    pages: [
      page(
        'frozen-model',
        'Shipping a model',
        'A model that knows something before the first player.',
      ),
      page('bundlers', 'Bundlers, CSP and CDN', 'Where the worker comes from, and what to allow.'),
      page('privacy', 'Privacy', 'What is stored, where, and how players delete it.'),
      page('dependencies', 'Dependencies', 'What code of others it contains, and why.'),
      page(
        'reliability',
        'Reliability',
        'Faults, what is promised, and the tests that cause them.',
      ),
      page('performance', 'Performance', 'What recording, predicting and learning cost.'),
      page('troubleshooting', 'Troubleshooting', 'Every error by its code, with the cure.'),
    ],
  },
  {
    title: 'Outside the game',
    pages: [
      page(
        'without-phaser',
        'Without Phaser',
        'Record, train and predict in any engine and in Node.',
      ),
      page('command-line', 'Command line', 'Train and measure models from recordings.'),
      page('formats', 'File formats', 'Recordings and models, byte by byte.'),
      page('scale', 'Many players', 'Parquet, and training on many processes.'),
      page('interchange', 'ONNX and Keras', 'Models for and from other programs.'),
      page('fused-lstm', 'Fused LSTM', 'A fast LSTM layer for your own TensorFlow.js model.'),
    ],
  },
  {
    title: 'How good is it?',
    pages: [
      page('metrics', 'Reading the metrics', 'What the figures mean, and what they do not.'),
      page('accuracy', 'Accuracy', 'Next actions of people and of scripted players.'),
      page('benchmarks', 'Benchmarks', 'Training, prediction and frame times, compared.'),
      page('duel', 'Demo: duel', 'A rival that learns your habits.'),
      page('drive', 'Demo: drive', 'A race in which the next second is predicted.'),
      page('robot', 'Demo: robot', 'A robot that follows walls.'),
    ],
  },
  {
    title: 'Inside',
    pages: [page('architecture', 'Architecture', 'How the code is built, for contributors.')],
  },
];

/** All pages in their order. */
export const PAGES: readonly Page[] = SECTIONS.flatMap(({ pages }) => pages);
