import { Predictor, Recorder, TrainerClient, defineSpec } from 'phaser-foresight/core';

const SPEC = defineSpec({ name: 'presses', observation: [], action: ['left', 'right'] });
type Side = (typeof SPEC.action.actions)[number];

/** Presses before the first training, and between two. */
const EVERY = 12;
const KEYS: Readonly<Record<string, Side>> = { f: 'left', j: 'right' };

const recorder = new Recorder({ spec: SPEC });
const trainer = new TrainerClient();
let predictor: Predictor | null = null;
let isTraining = false;
let presses = 0;
let guesses = 0;
let right = 0;

recorder.begin('you');

function press(action: Side): void {
  const expected = predictor?.prediction('you')?.action;
  if (expected) {
    guesses++;
    if (expected === action) right++;
  }
  // One tick for each press: when it is pressed is of no interest here.
  const step = recorder.act('you', { tick: presses++, action, observation: {} });
  predictor?.observe('you', step);
  if (presses % EVERY === 0) void train();
  const share = guesses ? `${Math.round((100 * right) / guesses)} %` : '-';
  show(`You pressed ${action}. It guessed ${right} of ${guesses} right: ${share}.`);
}

/** Trains on everything so far, and predicts with the result. */
async function train(): Promise<void> {
  if (isTraining) return;
  isTraining = true;
  const { checkpoint } = await trainer.train({
    spec: SPEC,
    episodes: [recorder.current('you')],
    model: { contexts: 4, timeBins: 0 },
    training: { epochs: 8, heldOutFraction: 0 },
    start: predictor?.checkpoint,
  }).result;
  if (predictor) predictor.swap(checkpoint);
  else predictor = await Predictor.create(checkpoint);
  isTraining = false;
}

function show(text: string): void {
  document.querySelector('#status')!.textContent = text;
}

for (const button of document.querySelectorAll('button'))
  button.addEventListener('click', () =>
    press(button.dataset.action === 'left' ? 'left' : 'right'),
  );
document.addEventListener('keydown', ({ key, repeat }) => {
  const side = KEYS[key.toLowerCase()];
  if (side && !repeat) press(side);
});
