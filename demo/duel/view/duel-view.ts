import type * as Phaser from 'phaser';
import { isAirborne } from '../rules/index.ts';
import type { DuelEvent, DuelState, Side } from '../rules/index.ts';
import type { DuelSound } from '../sound/duel-sound.ts';
import { poseOf } from './action-pose.ts';
import { CloseUp } from './close-up.ts';
import { FighterView } from './fighter-view.ts';
import { FireballView } from './fireballs.ts';
import { Hud } from './hud.ts';
import { PLAYER_PALETTE, RIVAL_PALETTE } from './palette.ts';
import type { Palette } from './palette.ts';
import { Particles } from './particles.ts';
import { ReadMark } from './read-mark.ts';
import { StageView } from './stage-view.ts';
import { WORLD } from './world.ts';

export interface DuelViewOptions {
  readonly names: readonly [string, string];
  readonly palettes?: readonly [Palette, Palette];
  /** Null = silent. */
  readonly sound?: DuelSound | null;
  /** Whether hits shake the screen; called at each hit. */
  readonly shakes?: () => boolean;
  /** Health bars and clock. */
  readonly hasHud?: boolean;
}

const SIDES = [0, 1] as const;
/** Height of the head over the feet, px. */
const HEAD = 128;

/** Draws a duel and plays its sounds: live, replayed, or behind a title. */
export class DuelView {
  readonly fighters: readonly [FighterView, FighterView];
  readonly hud: Hud | null;
  readonly #scene: Phaser.Scene;
  readonly #stage: StageView;
  readonly #fireballs: FireballView;
  readonly #particles: Particles;
  readonly #mark: ReadMark;
  readonly #closeUp: CloseUp;
  readonly #sound: DuelSound | null;
  readonly #shakes: () => boolean;
  readonly #wasHigh = [false, false];
  readonly #heard = [-1, -1];

  constructor(scene: Phaser.Scene, options: DuelViewOptions) {
    const { names, palettes = [PLAYER_PALETTE, RIVAL_PALETTE] } = options;
    this.#scene = scene;
    this.#sound = options.sound ?? null;
    this.#shakes = options.shakes ?? (() => false);
    this.#stage = new StageView(scene);
    this.fighters = [
      new FighterView(scene, 'player', palettes[0]),
      new FighterView(scene, 'rival', palettes[1]),
    ];
    this.#fireballs = new FireballView(scene, [palettes[0].glow, palettes[1].glow]);
    this.#particles = new Particles(scene);
    this.#mark = new ReadMark(scene);
    this.#closeUp = new CloseUp(scene);
    this.hud = (options.hasHud ?? true) ? new Hud(scene, names) : null;
  }

  /** Draws the current state; `seconds` since the last call. */
  update(state: DuelState, seconds: number): void {
    const [a, b] = state.fighters;
    this.#stage.update((a.x + b.x) / 2, seconds);
    this.#closeUp.update(a.x, b.x, seconds);
    for (const side of SIDES) this.#drawFighter(state, side, seconds);
    this.#fireballs.update(state.fireballs, state.tick);
    this.#particles.update(seconds);
    this.#mark.update(b.x, WORLD.floor - b.height - HEAD, seconds);
    const { wins, options, phase, phaseTicks } = state;
    this.hud?.update(
      {
        health: [a.health / 100, b.health / 100],
        wins,
        roundsToWin: Math.min(9, options.roundsToWin),
        secondsLeft: (phase === 'fight' ? phaseTicks : options.roundTicks) / 60,
      },
      seconds,
    );
  }

  /** Shows an event of a tick, and plays its sound. */
  event(event: DuelEvent, state: DuelState): void {
    switch (event.kind) {
      case 'hit':
      case 'thrown': {
        const strong = event.kind === 'thrown';
        const { facing } = state.fighters[event.attacker];
        const y = WORLD.floor - event.height;
        this.#particles.hit(event.x, y, { direction: facing, color: 0xffd27a, strong });
        if (strong) this.#particles.dust(event.x, WORLD.floor, 8, 110);
        this.#sound?.play(strong ? 'throw' : 'hit');
        if (this.#shakes()) {
          const { main } = this.#scene.cameras;
          // Phaser multiplies the intensity by the zoom; this keeps the same share of the screen.
          main.shake(strong ? 190 : 110, (strong ? 0.009 : 0.006) / main.zoom);
        }
        return;
      }
      case 'blocked':
      case 'throw-break': {
        const { facing } = state.fighters[event.attacker];
        this.#particles.block(event.x, WORLD.floor - event.height, facing);
        this.#sound?.play('block');
        return;
      }
      case 'fireball':
      case 'jump':
        if (event.kind === 'jump')
          this.#particles.dust(state.fighters[event.side].x, WORLD.floor, 5, 70);
        this.#sound?.play(event.kind);
        return;
      case 'round-start':
        return this.#sound?.play('bell');
      case 'round-end':
        return this.#sound?.play(event.byTime ? 'bell' : 'ko');
      case 'duel-end':
      case 'whiff':
        return;
      default:
        event satisfies never;
    }
  }

  /** Shows that the rival has read the player. */
  read(action: string): void {
    this.fighters[1].glint();
    this.#mark.show(action);
    this.#sound?.play('read');
  }

  #drawFighter(state: DuelState, side: Side, seconds: number): void {
    const fighter = state.fighters[side];
    const { x, height, facing, action, since, stun } = fighter;
    const isHurt = action === 'hit' || action === 'knockdown';
    this.fighters[side].update(
      {
        x,
        height,
        facing,
        pose: poseOf(fighter, resultOf(state, side)),
        flash: isHurt && since < 3,
        trembles: isHurt && state.hitStop > 0,
      },
      seconds,
    );
    const isHigh = isAirborne(fighter);
    if (this.#wasHigh[side] && !isHigh) {
      this.#particles.dust(x, WORLD.floor, stun > 20 ? 8 : 5, 90);
      this.#sound?.play('land');
    }
    this.#wasHigh[side] = isHigh;
    if (fighter.actionId === this.#heard[side]) return;
    this.#heard[side] = fighter.actionId;
    if (action === 'strike' || action === 'air-strike' || action === 'throw')
      this.#sound?.play('whoosh');
    if (action === 'dash') {
      this.#particles.dust(x, WORLD.floor, 6, 60);
      this.#sound?.play('whoosh');
    }
  }
}

/** How the round ended for a side; null before that. */
function resultOf({ phase, fighters }: DuelState, side: Side): 'won' | 'lost' | null {
  if (phase === 'fight' || phase === 'intro') return null;
  const [mine, other] = [fighters[side].health, fighters[side === 0 ? 1 : 0].health];
  return mine === other ? null : mine > other ? 'won' : 'lost';
}
