/** What `engines/train/pytorch_build.py` prints. */
export interface TorchReport {
  readonly version: string;
  /** `torch.__config__.show()`. */
  readonly config: string;
  /** Libraries of linear algebra in the process after a product of matrices. */
  readonly loaded: readonly string[];
  /** OPENBLAS_CORETYPE of the environment: it makes OpenBLAS use the code of another processor. */
  readonly coreType: string | null;
}

export interface TorchBuild {
  readonly version: string;
  /** The linear algebra it runs on: "OpenBLAS 0.3.21", "MKL", "the reference BLAS". */
  readonly blas: string;
  /** False for a BLAS so slow (a third of the speed) that a comparison would be unfair. */
  readonly fast: boolean;
}

const FAST_NAMES: Readonly<Record<string, string>> = {
  openblas: 'OpenBLAS',
  open: 'OpenBLAS',
  mkl: 'MKL',
  blis: 'BLIS',
  accelerate: 'Accelerate',
};

/** Distinguishes a fast BLAS from the reference one. An unknown one counts as slow. */
export function readTorchBuild({ version, config, loaded }: TorchReport): TorchBuild {
  // What was built against `libblas.so.3` runs on whichever the system puts in its place.
  const shared = loaded.find((path) => /\/libblas\.so/.test(path));
  const key = shared
    ? /openblas|mkl|blis/.exec(shared)?.[0]
    : /BLAS_INFO=(\w+)/.exec(config)?.[1].toLowerCase();
  const name = key && FAST_NAMES[key];
  if (name) return { version, blas: withRelease(name, loaded), fast: true };
  const isReference = /\/blas\/libblas\.so|\/lib\w*\/libblas\.so/.test(shared ?? '');
  const blas = isReference ? 'the reference BLAS' : `an unknown BLAS (${shared ?? key ?? 'none'})`;
  return { version, blas, fast: false };
}

/** "OpenBLAS 0.3.21", by the name of its file, but not by that of NumPy's own copy. */
function withRelease(name: string, loaded: readonly string[]): string {
  if (name !== 'OpenBLAS') return name;
  const file = loaded.find((path) => /openblas\w*-r\d/.test(path) && !/numpy|scipy/.test(path));
  const release = /-r(\d+(?:\.\d+)+)/.exec(file ?? '')?.[1];
  return release ? `${name} ${release}` : name;
}

/** Why there is no row of a build that is not fast, and what to do. */
export const slowBuildReason = ({ version, blas }: TorchBuild): string =>
  `PyTorch ${version} runs on ${blas}, so it does not show how fast PyTorch is. Install a fast one: apt-get install libopenblas0-pthread`;

/** What the report shows of it: enough to see what was really measured. */
export function torchLines(report: TorchReport): readonly string[] {
  const { version, blas } = readTorchBuild(report);
  const settings = report.config.match(/\b(?:BLAS_INFO|LAPACK_INFO|USE_MKL|USE_MKLDNN)=\w+/g);
  return [
    `PyTorch ${version} on ${blas} (${settings?.join(', ') ?? 'its settings do not name a BLAS'})`,
    `loaded: ${report.loaded.join(', ') || 'no separate library of linear algebra'}`,
    ...(report.coreType === null
      ? []
      : [`OPENBLAS_CORETYPE=${report.coreType} is set, which may slow OpenBLAS`]),
  ];
}
