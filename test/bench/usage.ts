/** What `npm run bench` prints without arguments. */
export const USAGE = `npm run bench -- <benchmark> [options]

  train       milliseconds of one weight update, ours and other engines, on shapes A, B and S
  predict     microseconds of one prediction, ours and other engines
  growth      how the time of ours grows with T, H, B and the number of characters
  recordings  seconds and memory of a whole training as the recordings grow: 15, 60 and 240 thousand steps
  export      MB/s, steps/s and memory of foresight export, as Parquet and as shards
  online      what learning from play costs: milliseconds of an update, and of new weights in a frame
  gpu         makes a folder that measures a graphics card, on any machine that has Node
  frame       what recording and predicting cost the main thread, and frame times of the demo

  --json            JSON instead of a table; with npm run --silent, stdout is nothing but JSON
  --out FILE        writes the JSON to a file too
  --repeats N       timed rounds of each engine; the median counts (default 9)
  --shape A,B,S     train: only these shapes
  --engine a,b      only these engines; frame: the one that trains (default auto)
  --epochs N        recordings: passes over them (default: as foresight train)
  --seconds N       frame: seconds of play in each mode (default 30)
  --gigabytes N     export: invented play (default 1); a thousandth of it for shards
  --folder DIR      gpu: the folder it makes, emptied first (default gpu-bench)
  --platform NAME   gpu: the system it is for, such as win32-x64 (default this one)

The engines to compare with are installed into test/bench/node_modules on the first run. PyTorch is
taken from Debian's python3-torch when it is there, with a fast BLAS (libopenblas0-pthread).
See docs/benchmarks.md.`;
