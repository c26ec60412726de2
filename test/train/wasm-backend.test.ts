import { createWasmBackend } from '../../src/train/wasm-backend.ts';
import { describeBackend } from './backend-cases.ts';

describeBackend('wasm', createWasmBackend);
