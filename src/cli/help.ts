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

const OVERVIEW = `foresight: learns what a game character will do next, from recorded episodes.

  foresight train <files...> --out model.safetensors   train a model
  foresight evaluate <model> <files...>                score it against simple predictors
  foresight cross-validate <files...>                  score training itself, on every session in turn
  foresight inspect <model or episodes...>             show what a file holds
  foresight quantize <model> --to int8                 save it in a smaller file, and what that costs
  foresight distill <model> <files...> --units 16      teach a smaller network what the model knows
  foresight help [command]                             all options of a command

Files of episodes are JSON lines, the binary format, or CSV with a --spec; gzipped or not.
--json prints one JSON object to standard output instead of text.
DEBUG=1 adds the stack to an error.
`;

const TRAIN = `foresight train <files...> --out model.safetensors [options]

Trains a model, on one core: n-gram experts on contexts that it chooses, and a network on top of them
(model.contexts in the config; 0 = a network alone). Several files are merged; they must have the same spec. Whole sessions are
set aside for a test before training and never seen by it; afterwards the model is scored on them.
Ctrl-C ends the training early and saves the best model so far.

  --out <file>           where to save the model (needed)
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
  --feed-forward <n>     units of a feed-forward network beside it, whose prediction is averaged with
                         its own (default 128; 0 = none)
  --engine <name>        auto (default), wasm or cpu; auto is wasm where it runs
  --start <model>        go on from this model instead of from random weights
  --json                 print one JSON object

Options go before the config file's values.

A spec file for CSV names columns; what it leaves out is ignored:

  { "name": "robot", "tickRate": 9,
    "fields": ["S1", { "column": "v", "name": "speed", "unit": "m/s", "min": 0, "max": 40 },
               { "column": "gear", "kind": "category", "categories": ["N", "1"] }],
    "action": { "column": "OUTPUT", "actions": ["Forward", "Left"] },
    "continuous": ["speed"] }

  fields       what is observed; "kind" is number (default), boolean, category or id. An empty cell
               is a value that is not known
  action       the column of the action, all its names, and "choices" among them. Leave it out for a
               log of values alone
  continuous   number fields whose next values are predicted, as changes since the last one
  tickRate     ticks a second; "everyTicks" (default 1) lie between two rows
  tick         { "column": "t", "unit": "seconds" }, or "milliseconds" or "ticks": when a row was taken
  session      the column of what is split by; "episode": of runs within it
  parts        without both, the file is one run, cut into this many consecutive sessions (default 20)
  split        "time": the test is the last share of the sessions, as with --test-last (default without
               "session"); "session": it is drawn by the seed. So --test-fraction 0.2 of a single run
               is its last 20 %, to the nearest part
  windowSeconds   how far a window of the training looks back (default 5); training.windowLength in
               the config goes before it
  delimiter    default ","

With continuous fields a fifth of the training sessions (training.heldOutFraction) is held out to choose
the epoch and to measure how far off the values are.
`;

const EVALUATE = `foresight evaluate <model> <files...> [options]

Scores the model and simple predictors on the same steps: every step but an episode's first (with
steps every n ticks: only those where the action changes). top-1 and top-3 are shares of right
guesses, log-loss is in nats, ece is the calibration error. Sessions that the model was trained on
are left out.

The model is scored three times: its experts alone (ngram-mix), with the network as it is (model), and
with a network that learns on while it is scored (model-adaptive), beside the sessions it was trained
on where their files are still there.

  --all                      score sessions that the model was trained on too
  --baseline-data <files...> fit the simple predictors on these files, without the sessions that are
                             scored, instead of on what the model was trained on. Put it last, or
                             repeat it: --baseline-data a.jsonl --baseline-data b.jsonl
  --spec <file.json>         what the columns of CSV files mean (see foresight help train)
  --choices <a,b,c>          the actions that are the player's own choices; they are scored on
                             their own too (those that the files name as choices unless given)
  --ablation                 train the model anew without each of its parts in turn, on the files it was
                             trained on, and score what each is worth; takes as long as some eight
                             trainings
  --rollouts                 score predictions further ahead too: the model and an n-gram model are
                             rolled forward 1 to 5 steps to the same actions, at most 400 of them,
                             evenly spread (steps every n ticks: to changes of action, that many steps
                             before they come)
  --report <file.html>       save the scores as a page with charts, that needs nothing but itself: also
                             what experts the model relies on, minute by minute, and predicted
                             against actual values of continuous fields
  --json                     print one JSON object: { "predictions", "rows": [{ "name", "top1",
                             "top3", "logLoss", "ece" }, ...], ... }, shares from 0 to 1.
                             "choices": the rows on choices alone; "timing": log-loss over bins of
                             the time to the next action; "byMinute": scores by minute of an episode,
                             0 first; "intervals": log-loss minus the leading row's, with a 95 %
                             interval over sessions; "continuous": for models with continuous
                             fields, rmse, skill (1 - rmse / rmse of persistence) and mean
                             log-likelihood (nats, normal distribution) of each next value:
                             persistence (the last value again), linear (a ridge regression on the
                             last 4 values of all such fields) and model. With --rollouts
                             "rollouts": [{ "k", "rows": [{ "name", "top1", "logLoss" }, ...] }, ...],
                             k = 1 to 5 steps ahead, with "values" for models with continuous fields.
                             With --ablation "ablation": rows with "difference", "low" and "high"
`;

const CROSS_VALIDATE = `foresight cross-validate <files...> [options]

Says how good a model of these recordings is on players it never saw, without spending any of them on a
test: several models are trained, each without some of the sessions and as foresight train would, and
every session is scored by the one that never saw it. Nothing is saved. Takes as long as that many
trainings, and as scoring all of the recordings.

  --folds <n>            models to train (default 10, or as many as there are sessions; as many as
                         sessions = each is left out in turn)
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
that its experts count packed without loss. Says by how much the weights changed and, with data, what
that does to the predictions of steps that the model was not trained on.

  --to <precision>       int8: whole numbers and a scale for each row of a matrix; float16; or float32,
                         which leaves the weights as they are
  --out <file>           where to save it (default <model>.<precision>.safetensors)
  --data <files...>      score the model before and after on these episodes. Put it last, or repeat it
  --all                  score sessions that the model was trained on too
  --experts <n>          keep only the newest n steps that the experts count (default all). The rest of
                         the file is as it was, and predictions get worse soon: see with --data
  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --force                allow --out to be the model itself
  --json                 print one JSON object: "bytes" and the steps of the "experts" before and after,
                         the absolute error of the "weights" (max, mean; relative: root mean square over
                         that of the weights), and with data "scores" as in evaluate
`;

const DISTILL = `foresight distill <model> <files...> --out small.safetensors [options]

Trains a smaller network on what the model (the teacher) says of every step, mixed with what came.
Sessions that the teacher was trained on teach; the others are the test, where the teacher, the student
and a student that learned from the actions alone are scored side by side. Of recordings that are all
new to the teacher a share is set aside for the test.

  --out <file>           where to save the student (needed)
  --units <n>            hidden units of each layer (default 16)
  --feed-forward <n>     units of the feed-forward network beside it (default: made smaller by as much
                         as the layers; 0 = none)
  --layers <n>           recurrent layers, 1 to 3 (default 1)
  --contexts <n>         contexts of its n-gram experts; keep (default) = the teacher's experts; 0 = a
                         network alone, whose file is the smallest
  --alpha <share>        the teacher's share of what is learned, 0 to 1 (default 0.7)
  --to <precision>       float32 (default), float16 or int8: see foresight help quantize
  --epochs <n>           passes over the training data (default: as the teacher's training)
  --dropout <rate>       dropout of the student, below 1 (default: as the teacher's training)
  --seed <n>             for the split, start weights and order of batches (default 1)
  --test-fraction <f>    share of the recordings that is set aside where all are new (default 0.2)
  --engine <name>        auto (default), wasm or cpu
  --spec <file.json>     what the columns of CSV files mean (see foresight help train)
  --force                allow --out to be the teacher itself
  --json                 print one JSON object: "rows" and "intervals" as in evaluate, and "bytes"

The student's file says that it was trained on what the teacher was trained on, too.
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
