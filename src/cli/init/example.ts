export interface ExampleStyle {
  readonly isTypeScript: boolean;
  /** Whether it is a classic script, which takes the package from a global. */
  readonly isScript: boolean;
}

const IMPORTS = "import { CounterController, defineSpec, number } from 'phaser-foresight';";
const GLOBALS = 'const { CounterController, defineSpec, number } = PhaserForesight;';

/** A small file to start from: a spec, a payoff table, and a function that a scene calls. */
export function exampleFile({ isTypeScript, isScript }: ExampleStyle): string {
  const exported = isScript ? '' : 'export ';
  const types = isTypeScript
    ? `
// Gives every scene its field \`foresight\`.
import 'phaser-foresight/scene-types';
import type * as Phaser from 'phaser';`
    : '';
  const parameters = isTypeScript
    ? `
  scene: Phaser.Scene,
  player: Phaser.GameObjects.Components.Transform & Phaser.GameObjects.GameObject,
  enemy: Phaser.GameObjects.Components.Transform & Phaser.GameObjects.GameObject,
`
    : 'scene, player, enemy';
  return `${isScript ? GLOBALS : IMPORTS}${types}

/** What the model may see at each step, and which actions there are. Put those of your game here. */
${exported}const SPEC = defineSpec({
  name: 'duelist',
  observation: [number('distance', { min: 0, max: 800 })],
  action: ['jab', 'kick', 'block'],
});

/** PAYOFF[reply][action]: what the enemy gains when it plays \`reply\` and the player plays \`action\`. */
${exported}const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};

/**
 * Lets the enemy foresee the player. Call it in create() of your scene:
 *
 *   const { hero, rival } = addForesight(this, player, enemy);
 *
 * and whenever the player begins an action:
 *
 *   const reply = rival.decide(); // an action, or null; before hero.act(), so that it cannot peek
 *   hero.act('jab');
 */
${exported}function addForesight(${parameters}) {
  const model = scene.foresight.defineModel(SPEC);
  const hero = scene.foresight.track(player, {
    model,
    observe: () => ({ distance: Math.abs(enemy.x - player.x) }),
  });
  const controller = new CounterController({ against: hero, payoff: PAYOFF });
  const rival = scene.foresight.control(enemy, controller);
  scene.foresight.overlay(hero); // shows over the player what the model expects
  model.learn(); // in a worker, while the game runs
  return { hero, rival };
}
`;
}
