import { MemoryModelStore } from '../../src/model/memory-model-store.ts';
import { checkModelStore } from './model-stores.ts';

checkModelStore('models in memory', async () => new MemoryModelStore());
