import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { describeBackend } from './backend-cases.ts';

describeBackend('cpu', createCpuBackend);
