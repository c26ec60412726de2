import { boolean, defineSpec, number, vector } from '../../src/record/spec.ts';

/** A vector between two other fields: what comes after it is not where it would be without. */
export const SCOUT = defineSpec({
  name: 'scout',
  observation: [
    number('speed', { unit: 'm/s' }),
    vector('rays', 3, { min: 0, max: 9, unit: 'm' }),
    boolean('lit'),
  ],
  action: ['ahead', 'left', 'right'],
});
