import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const EXAMPLES = '../../cluster/examples';

describe('the example for Slurm, with stand-ins for srun and scontrol', () => {
  /** Lines that the stand-ins printed, and the exit code of the job. */
  const run = (exitCode: number) => {
    const { stdout, status } = spawnSync('bash', [pathOf(`${EXAMPLES}/slurm.sbatch`)], {
      encoding: 'utf8',
      env: {
        PATH: `${pathOf('stubs/slurm')}:/usr/bin:/bin`,
        FOLDER: '/shared/a folder',
        SLURM_JOB_NODELIST: 'node-[1-2]',
        SLURM_JOB_ID: '17',
        EXIT_CODE: String(exitCode),
      },
    });
    return { lines: stdout.trimEnd().split('\n'), status };
  };
  const TASKS = [0, 1, 2, 3].map(
    (task) =>
      `${task} of 4, GPU ${task % 2}, node-1:29500, -m foresight_cluster.train /shared/a folder/shards --out /shared/a folder/model.safetensors --bf16`,
  );

  it('gives each task its rank, and all the address of the first node', () => {
    expect(run(0)).toEqual({ lines: TASKS, status: 0 });
  });

  it.each([75, 137])('queues the job again when a process was lost (exit code %i)', (code) => {
    expect(run(code)).toEqual({ lines: [...TASKS, 'scontrol requeue 17'], status: code });
  });

  it('ends with an error that would come again', () => {
    expect(run(1)).toEqual({ lines: TASKS, status: 1 });
  });
});

/** What the operator and Kubernetes accept of what the example has; nothing unknown, and names as they demand them. */
const podSchema = v.strictObject({
  spec: v.strictObject({
    containers: v.tuple([
      v.strictObject({
        // The operator looks for this one.
        name: v.literal('pytorch'),
        image: v.pipe(v.string(), v.minLength(1)),
        command: v.array(v.string()),
        resources: v.strictObject({ limits: v.record(v.string(), v.number()) }),
        volumeMounts: v.array(v.strictObject({ name: v.string(), mountPath: v.string() })),
      }),
    ]),
    volumes: v.array(
      v.strictObject({
        name: v.string(),
        persistentVolumeClaim: v.strictObject({ claimName: v.string() }),
      }),
    ),
  }),
});
const replicaSchema = <const Replicas extends v.GenericSchema<number>>(replicas: Replicas) =>
  v.strictObject({
    replicas,
    // Not ExitCode: by that policy, 75 would end the job.
    restartPolicy: v.picklist(['Always', 'OnFailure']),
    template: podSchema,
  });
const jobSchema = v.strictObject({
  apiVersion: v.literal('kubeflow.org/v1'),
  kind: v.literal('PyTorchJob'),
  metadata: v.strictObject({
    name: v.pipe(v.string(), v.regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/), v.maxLength(63)),
  }),
  spec: v.strictObject({
    pytorchReplicaSpecs: v.strictObject({
      Master: replicaSchema(v.literal(1)),
      Worker: replicaSchema(v.pipe(v.number(), v.integer(), v.minValue(1))),
    }),
  }),
});

const TO_JSON = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)';

describe('the example for Kubernetes', () => {
  const input = readFileSync(pathOf(`${EXAMPLES}/kubernetes.yaml`), 'utf8');
  const json = ['python3', '/usr/bin/python3']
    .map((python) => spawnSync(python, ['-c', TO_JSON], { input, encoding: 'utf8' }))
    .find(({ status }) => status === 0)?.stdout;

  it('has what the training operator demands of a PyTorchJob', ({ skip }) => {
    if (json === undefined) skip('python3 cannot import yaml: apt-get install python3-yaml');
    const { success, issues, output } = v.safeParse(jobSchema, JSON.parse(json!));
    expect(issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
    if (!success) return;
    const { Master, Worker } = output.spec.pytorchReplicaSpecs;
    expect(Worker.template).toEqual(Master.template);
    const { containers, volumes } = Master.template.spec;
    const [{ command, volumeMounts }] = containers;
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(command.join(' ')).toBe(
      'python3 -m foresight_cluster.train /data/shards --out /data/model.safetensors --bf16',
    );
    expect(volumeMounts[0].mountPath).toBe('/data');
  });
});
