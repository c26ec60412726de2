export * from './actions.ts';
export * from './state.ts';
export * from './step-duel.ts';
export * from './intent.ts';
export * from './observe.ts';
export * from './follow-up.ts';
export * from './payoff.ts';
export { hasFireball, isComing } from './fireballs.ts';
export { canAct, committedTicks, isActive, isAirborne } from './fighter.ts';
