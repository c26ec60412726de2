import { it } from 'vitest';

it('WebGPU in Node', ({ skip }) =>
  skip('no software adapter for Vulkan: install Chromium, which brings one'));
