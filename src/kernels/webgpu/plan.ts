import type { NetworkShape, ParameterLayout } from '../../model/network-shape.ts';

/** What to compute: the sizes of a network and where its matrices sit in the flat weights. */
export interface NetworkPlan {
  readonly shape: NetworkShape;
  /** `parameterLayout(shape)`. */
  readonly layout: ParameterLayout;
}
