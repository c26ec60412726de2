import { describe, expect, it } from 'vitest';
import { describeAdapter } from '../../src/worker/adapter.ts';

const info = (vendor: string, architecture = '', description = '') => ({
  vendor,
  architecture,
  device: '',
  description,
});

describe('describeAdapter', () => {
  it.each([
    info('google', 'swiftshader'),
    info('mesa', '', 'llvmpipe (LLVM 15.0.6, 256 bits)'),
    info('microsoft', '', 'Microsoft Basic Render Driver'),
    { ...info('intel', 'gen-12lp'), isFallbackAdapter: true },
  ])('recognizes $vendor $architecture $description as software', (adapter) => {
    expect(describeAdapter(adapter).software).toBe(true);
  });

  it.each([
    info('nvidia', 'ampere'),
    info('intel', 'gen-12lp', 'Intel(R) Iris(R) Xe Graphics'),
    info('apple', 'metal-3'),
    info('google', 'unknown'),
    { ...info('amd', 'rdna-3'), isFallbackAdapter: false },
  ])('recognizes $vendor $architecture $description as hardware', (adapter) => {
    expect(describeAdapter(adapter).software).toBe(false);
  });

  it('joins the names there are', () => {
    expect(describeAdapter(info('nvidia', 'ampere')).adapter).toBe('nvidia ampere');
    expect(describeAdapter(info('')).adapter).toBe('unnamed adapter');
  });
});
