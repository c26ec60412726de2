/** What a spec file for CSV may hold, for the help of the command that explains it. */
export const CSV_NOTES = `\
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
the epoch and to measure the errors of the values.`;
