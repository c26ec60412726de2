/** What is done in a tick. Predicting alone takes steps that were recorded before. */
export const TICK_PARTS = ['both', 'record', 'predict'] as const;
export type TickPart = (typeof TICK_PARTS)[number];
