import type { ContextPlan } from './symbol-source.ts';

/** Whether two plans read the same contexts, so that counts of one serve the other. */
export const isSamePlan = (a: ContextPlan, b: ContextPlan): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
