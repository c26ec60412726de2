import { boolean, category, defineSpec, id, number } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';

/** One field of every kind. */
export const DUELIST: CharacterSpec = defineSpec({
  name: 'duelist',
  observation: [
    number('x', { min: 0, max: 960, unit: 'px' }),
    boolean('airborne'),
    category('rivalAction', ['idle', 'jab', 'block']),
    id('stage'),
  ],
  action: ['idle', 'jab', 'block'],
});

/** The same with one action changed. */
export const KICKER: CharacterSpec = defineSpec({ ...DUELIST, action: ['idle', 'jab', 'kick'] });

export const OBSERVATION = { x: 1.5, airborne: false, rivalAction: 'block', stage: 7 };
