/** The module's exports. All kernels work on memory that TypeScript lays out; pointers are bytes. */
import { exps, sigmoids, tanhs } from './activations.ts';
import { dropOut } from './dropout.ts';
import { gateMatches, mixExperts, mixExpertsBackward } from './experts.ts';
import { copyColumns, embedBackward, embedColumns } from './gather.ts';
import { gruBackward, gruForward } from './gru.ts';
import { lstmBackward, lstmForward } from './lstm.ts';
import { adam, sgd } from './optimizers.ts';
import { packPanels, packTurnedPanels } from './panels.ts';
import { addPenalty, scale, sumOfSquares } from './penalty.ts';
import { product } from './product.ts';
import { rectify, rectifyBackward } from './rectify.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { squaredError } from './squared-error.ts';

// asc finds a file with its extension in an import, but not in a re-export.
export {
  exps,
  sigmoids,
  tanhs,
  dropOut,
  gateMatches,
  mixExperts,
  mixExpertsBackward,
  copyColumns,
  embedBackward,
  embedColumns,
  gruBackward,
  gruForward,
  lstmBackward,
  lstmForward,
  adam,
  sgd,
  packPanels,
  packTurnedPanels,
  addPenalty,
  scale,
  sumOfSquares,
  product,
  rectify,
  rectifyBackward,
  softmaxCrossEntropy,
  squaredError,
};
