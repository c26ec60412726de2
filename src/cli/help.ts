export const COMMANDS = [
  'train',
  'evaluate',
  'cross-validate',
  'inspect',
  'quantize',
  'distill',
  'help',
] as const;

export type Command = (typeof COMMANDS)[number];

const OVERVIEW = `foresight: predicts what a game character will do next, learned from recorded episodes.

  foresight train <files...> --out model.safetensors   train a model
  foresight evaluate <model> <files...>                score it against simple predictors
  foresight cross-validate <files...>                  score training itself, on every session in turn
  foresight inspect <model or episodes...>             show what a file holds
  foresight quantize <model> --to int8                 save it in a smaller file, and report the loss
  foresight distill <model> <files...> --units 16      teach a smaller network what the model knows
  foresight help [command]                             all options of a command

Files of episodes are JSON lines, the binary format, or CSV with a --spec; gzipped or not.
--json prints one JSON object to standard output instead of text.
DEBUG=1 adds the stack to an error.
`;

const TRAIN = `foresight train <files...> --out model.safetensors [options]

Trains a model on one core: n-gram experts on contexts that it chooses, and a network on top of them
(model.contexts in the config; 0 = a network alone). Several files are merged; they must have the same
spec. Before training, whole sessions are set aside for a test; afterwards the model is scored on them.
Ctrl-C ends the training early and saves the best model so far.

  --out <file>           where to save the model (required)
  --config <file.json>   { "model": {...}, "training": {...} }, any part of either
  --epochs <n>           passes over the training data (default 30)
  --seed <n>             for the split, start weights and order of batches (default 1)
  --test-fraction <f>    share of the steps set aside for the test (default 0.2; 0 = train on all)
  --test-last            set the last sessions aside, in the order of the files, instead of ones drawn
                         by the seed
  --spec <file.json>     what the columns of CSV files mean; see below
  --cell <lstm|gru>      recurrent cell (default lstm)
  --layers <n>           recurrent layers, 1 to 3 (default 1)
  --units <n>            hidden units of each layer (default 64)
  --feed-forward <n>     units of an additional feed-forward network, whose prediction is averaged with
                         that of the recurrent one (default 128; 0 = none)
  --engine <name>        auto (default), wasm or cpu; auto is wasm where it runs
  --start <model>        continue from this model instead of from random weights
  --json                 print one JSON object

Options take precedence over the config file.

A spec file for CSV names columns; all others are ignored:

  { "name": "robot", "tickRate": 9,
    "fields": ["S1", { "column": "v", "name": "speed", "unit": "m/s", "min": 0, "max": 40 },
               { "column": "gear", "kind": "category", "categories": ["N", "1"] }],
    "action": { "column": "OUTPUT", "actions": ["Forward", "Left"] },
    "continuous": ["speed"] }

  fields       what is observed; "kind" is number (default), boolean, category, id or vector. An empty
               cell is a value that is not known. { "column": "ray", "kind": "vector", "length": 3 } are
               the columns ray_0, ray_1 and ray_2
  action       the column of the action, the names of all actions, and "choices" among them. Leave it
               out for a log of values alone
  continuous   number fields whose next values are predicted, as changes since the last one
  tickRate     ticks per second; two rows are "everyTicks" (default 1) apart
  tick         { "column": "t", "unit": "seconds" }, or "milliseconds" or "ticks": the time of a row
  session      the column of sessions, which the split keeps whole; "episode": that of runs within them
  parts        without both, the file is one run, cut into this many consecutive sessions (default 20)
  split        "time": the last sessions are the test, as with --test-last (default without "session");
               "session": the test is drawn by the seed. So --test-fraction 0.2 of a single run is its
               last 20 %, to the nearest part
  windowSeconds   length of a training window (default 5); training.windowLength in the config takes
               precedence
  delimiter    default ","

With continuous fields a fifth of the training sessions (training.heldOutFraction) is held out to choose
the epoch and to measure the errors of the values.
`;

const EVALUATE = `foresight evaluate <model> <files...> [options]

Scores the model and simple predictors on the same steps: every step but an episode's first (with
steps every n ticks: only those where the action changes). top-1 and top-3 are shares of correct
guesses, log-loss is in nats, ece is the calibration error. Sessions that the model was trained on
are left out.

The model is scored three times: its experts alone (ngram-mix), with the network frozen (model), and
with a network that keeps learning while it is scored (model-adaptive). While it learns, the sessions
it was trained on are mixed in, if their files still exist.

  --all                      score sessions that the model was trained on too
  --baseline-data <files...> fit the simple predictors on these files, without the sessions that are
                             scored, instead of on what the model was trained on. Put it last, or
                             repeat it: --baseline-data a.jsonl --baseline-data b.jsonl
  --spec <file.json>         what the columns of CSV files mean (see foresight help train)
  --choices <a,b,c>          the actions that are the player's own choices, which are also scored
                             separately (default: those that the files name as choices)
  --ablation                 retrain the model without each of its parts, on the files it was
                             trained on, and score how much each part contributes; takes as long as
                             about eight trainings
  --rollouts                 also score predictions further ahead: the model and an n-gram model are
                             rolled forward 1 to 5 steps to the same actions, at most 400 of them,
                             evenly spread (steps every n ticks: to changes of action)
  --report <file.html>       save the scores as a self-contained page with charts. It also shows which
                             experts the model relies on, minute by minute, and predicted against
                             actual values of continuous fields
  --json                     print one JSON object: { "predictions", "rows": [{ "name", "top1",
                             "top3", "logLoss", "ece" }, ...], ... }, shares from 0 to 1.
                             "choices": the rows on choices alone; "timing": log-loss over bins of
                             the time to the next action; "byMinute": scores by minute of an episode,
                             0 first; "intervals": log-loss minus the leading row's, with a 95 %
                             interval over sessions; "continuous": for models with continuous
                             fields, rmse, skill (1 - rmse / rmse of persistence) and mean
                             log-likelihood (nats, normal distribution) of each next value:
                             persistence (repeats the last value), linear (a ridge regression on the
                             last 4 values of all such fields) and model. With --rollouts
                             "rollouts": [{ "k", "rows": [{ "name", "top1", "logLoss" }, ...] }, ...],
                             k = 1 to 5 steps ahead, with "values" for models with continuous fields.
                             With --ablation "ablation": rows with "difference", "low" and "high"
`;

const CROSS_VALIDATE = `foresight cross-validate <files...> [options]

Reports how good a model of these recordings is on sessions it never saw, without reserving any of them
for a test. Several models are trained like in foresight train, each without some of the sessions, and
every session is scored by the model that never saw it. Nothing is saved. Takes as long as that many
trainings, plus scoring all of the recordings.

  --folds <n>            number of models to train, at most one for each session (default 10). With as
                         many as sessions, each session is left out once
  --config <file.json>   { "model": {...}, "training": {...} }, any part of either
  --epochs <n>           passes over the training data (default 30)
  --seed <n>             for start weights and order of batches (default 1)
  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --engine <name>        auto (default), wasm or cpu
  --json                 print one JSON object
`;

const INSPECT = `foresight inspect <model or episodes...> [options]

Shows a model's spec, network, metrics and what it was trained on; or the spec, counts and durations
of recorded episodes (several files are merged).

  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --json                 print one JSON object
`;

const QUANTIZE = `foresight quantize <model> --to int8|float16 [options]

Saves the model in a smaller file that is used like any other: its weights in fewer bits, and the steps
that its experts count packed without loss. Reports how much the weights changed and, with data, the
effect on predictions of steps that the model was not trained on.

  --to <precision>       int8: whole numbers and a scale for each row of a matrix; float16; or float32,
                         which does not change the weights
  --out <file>           where to save it (default <model>.<precision>.safetensors)
  --data <files...>      score the model before and after on these episodes. Put it last, or repeat it
  --all                  score sessions that the model was trained on too
  --experts <n>          keep only the newest n steps that the experts count (default all). Small n
                         make predictions noticeably worse: check with --data
  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --force                allow --out to be the model itself
  --json                 print one JSON object: "bytes" and the steps of the "experts" before and after,
                         the absolute error of the "weights" (max, mean; relative: root mean square
                         divided by that of the weights), and with data "scores" as in evaluate
`;

const DISTILL = `foresight distill <model> <files...> --out small.safetensors [options]

Trains a smaller network (the student) on the predictions of the model (the teacher) at every step,
mixed with the actual actions. Sessions that the teacher was trained on serve for training; the others
are the test, where the teacher, the student and a student that learned from the actions alone are
compared. If all recordings are new to the teacher, a share of them is set aside for the test.

  --out <file>           where to save the student (required)
  --units <n>            hidden units of each layer (default 16)
  --feed-forward <n>     units of the additional feed-forward network (default: shrunk by the same
                         factor as the layers; 0 = none)
  --layers <n>           recurrent layers, 1 to 3 (default 1)
  --contexts <n>         contexts of its n-gram experts; keep (default) = the teacher's experts; 0 = a
                         network alone, whose file is the smallest
  --alpha <share>        weight of the teacher in the targets, 0 to 1 (default 0.7)
  --to <precision>       float32 (default), float16 or int8: see foresight help quantize
  --epochs <n>           passes over the training data (default: as the teacher's training)
  --dropout <rate>       dropout of the student, below 1 (default: as the teacher's training)
  --seed <n>             for the split, start weights and order of batches (default 1)
  --test-fraction <f>    share of the recordings that is set aside where all are new (default 0.2)
  --engine <name>        auto (default), wasm or cpu
  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --force                allow --out to be the teacher itself
  --json                 print one JSON object: "rows" and "intervals" as in evaluate, and "bytes"

The student's file also lists the teacher's training data as its own.
`;

/** The text of `foresight help [command]`. */
export function helpText(command?: Command): string {
  switch (command) {
    case 'train':
      return TRAIN;
    case 'evaluate':
      return EVALUATE;
    case 'cross-validate':
      return CROSS_VALIDATE;
    case 'inspect':
      return INSPECT;
    case 'quantize':
      return QUANTIZE;
    case 'distill':
      return DISTILL;
    case 'help':
    case undefined:
      return OVERVIEW;
    default:
      return command satisfies never;
  }
}
