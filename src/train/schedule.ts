import type { LearningRateConfig } from '../model/config.ts';

/** How far a run is. */
export interface RunPosition {
  /** Weight updates made so far, and in the whole run. */
  readonly update: number;
  readonly updates: number;
  /** Epochs finished so far. */
  readonly epoch: number;
}

/**
 * Learning rate of the next weight update.
 *
 * - step: torch.optim.lr_scheduler.StepLR.
 * - cosine: Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5 without restarts, after a linear
 *   warm-up (Goyal et al. 2017). The warm-up starts above 0, so that no batch is wasted.
 */
export function learningRateAt(config: LearningRateConfig, position: RunPosition): number {
  switch (config.kind) {
    case 'constant':
      return config.rate;
    case 'step':
      return config.rate * config.factor ** Math.floor(position.epoch / config.epochs);
    case 'cosine': {
      const { rate, floor } = config;
      const { update, updates } = position;
      const warmUp = Math.round(config.warmUp * updates);
      if (update < warmUp) return (rate * (update + 1)) / (warmUp + 1);
      const progress = Math.min(1, (update - warmUp) / Math.max(1, updates - 1 - warmUp));
      return floor + ((rate - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
    }
    default:
      return config satisfies never;
  }
}
