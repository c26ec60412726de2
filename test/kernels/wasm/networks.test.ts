import { describeStreaming } from './streaming-cases.ts';
import { describeTraining } from './training-cases.ts';

// Node 20 has no relaxed SIMD: the browser tests run that build.
describeStreaming('plain');
describeTraining('plain');
