import * as tf from '@tensorflow/tfjs-core';
import type { EmbeddingShape } from '../../model/network-shape.ts';
import type { Matrices } from './weights.ts';
import { matrix } from './weights.ts';

/**
 * Replaces each embedded one-hot block by a row of its learned table; other columns pass through.
 *
 * @param features [R, F]
 * @returns [R, inputWidth]
 */
export function embed(
  features: tf.Tensor2D,
  matrices: Matrices,
  embeddings: readonly EmbeddingShape[],
): tf.Tensor2D {
  if (!embeddings.length) return features;
  return tf.tidy(() => {
    const [rows, width] = features.shape;
    const parts: tf.Tensor2D[] = [];
    let column = 0;
    const passUntil = (end: number): void => {
      if (end > column) parts.push(tf.slice2d(features, [0, column], [rows, end - column]));
    };
    for (const { name, offset, categories } of embeddings) {
      passUntil(offset);
      const oneHot = tf.slice2d(features, [0, offset], [rows, categories]);
      parts.push(tf.matMul(oneHot, matrix<tf.Tensor2D>(matrices, `embedding.${name}.weight`)));
      column = offset + categories;
    }
    passUntil(width);
    return tf.concat2d(parts, 1);
  });
}
