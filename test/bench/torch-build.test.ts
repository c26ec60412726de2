import { describe, expect, it } from 'vitest';
import { readTorchBuild, slowBuildReason, torchLines } from './torch-build.ts';
import type { TorchReport } from './torch-build.ts';

const LIBS = '/usr/lib/x86_64-linux-gnu';
const debian: TorchReport = {
  version: '1.13.0a0',
  config:
    'PyTorch built with:\n  - GCC 12.2\n  - Build settings: BLAS_INFO=generic, CXX_FLAGS=-O2, LAPACK_INFO=generic, USE_MKLDNN=ON, \n',
  loaded: [
    `${LIBS}/openblas-pthread/libblas.so.3`,
    `${LIBS}/openblas-pthread/liblapack.so.3`,
    `${LIBS}/openblas-pthread/libopenblasp-r0.3.21.so`,
  ],
  coreType: null,
};
const reference: TorchReport = { ...debian, loaded: [`${LIBS}/blas/libblas.so.3.11.0`] };
const NUMPY = '/usr/lib/python3/site-packages/numpy.libs/libopenblas64_p-r0-2f7c42d4.3.18.so';

describe('readTorchBuild', () => {
  it.each<[string, Partial<TorchReport>, string, boolean]>([
    ['OpenBLAS in place of libblas', {}, 'OpenBLAS 0.3.21', true],
    ['the reference BLAS', reference, 'the reference BLAS', false],
    [
      'the reference BLAS with the LAPACK of OpenBLAS',
      { loaded: [...reference.loaded, ...debian.loaded.slice(1)] },
      'the reference BLAS',
      false,
    ],
    [
      "the reference BLAS next to NumPy's own OpenBLAS",
      { loaded: [NUMPY, ...reference.loaded] },
      'the reference BLAS',
      false,
    ],
    ['MKL within torch itself', { config: 'BLAS_INFO=mkl, USE_MKL=ON', loaded: [] }, 'MKL', true],
    [
      'OpenBLAS that torch carries',
      { config: 'BLAS_INFO=open', loaded: ['/x/torch.libs/libopenblasp-r0.3.28.so', NUMPY] },
      'OpenBLAS 0.3.28',
      true,
    ],
    ['Accelerate', { config: 'BLAS_INFO=accelerate', loaded: [] }, 'Accelerate', true],
    [
      'a BLAS that it does not know',
      { loaded: [`${LIBS}/atlas/libblas.so.3`] },
      `an unknown BLAS (${LIBS}/atlas/libblas.so.3)`,
      false,
    ],
    ['no BLAS at all', { config: '', loaded: [] }, 'an unknown BLAS (none)', false],
  ])('knows %s', (_, change, blas, fast) => {
    const report = { ...debian, ...change };
    expect(readTorchBuild(report)).toEqual({ version: '1.13.0a0', blas, fast });
  });
});

it('slowBuildReason names the fix', () => {
  expect(slowBuildReason(readTorchBuild(reference))).toMatch(
    /^PyTorch 1\.13\.0a0 runs on the reference BLAS,.*apt-get install libopenblas0-pthread$/,
  );
});

describe('torchLines', () => {
  it('name the build, its settings and the loaded libraries', () => {
    expect(torchLines(debian)).toEqual([
      'PyTorch 1.13.0a0 on OpenBLAS 0.3.21 (BLAS_INFO=generic, LAPACK_INFO=generic, USE_MKLDNN=ON)',
      `loaded: ${debian.loaded.join(', ')}`,
    ]);
  });

  it('show OPENBLAS_CORETYPE where it is set', () => {
    expect(torchLines({ ...debian, coreType: 'Prescott' }).at(-1)).toMatch(
      /^OPENBLAS_CORETYPE=Prescott is set/,
    );
  });
});
