import { expose } from 'comlink';
import { TrainerService } from './trainer-service.ts';

expose(new TrainerService());
