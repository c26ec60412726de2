/** The exports of the module that only predicts: a part of those of index.ts. */
import { gateMatches } from './experts.ts';
import { copyColumns, embedColumns } from './gather.ts';
import { gruForward } from './gru.ts';
import { lstmForward } from './lstm.ts';
import { packPanels } from './panels.ts';
import { product } from './product.ts';
import { rectify } from './rectify.ts';

// asc finds a file with its extension in an import, but not in a re-export.
export {
  gateMatches,
  copyColumns,
  embedColumns,
  gruForward,
  lstmForward,
  packPanels,
  product,
  rectify,
};
