import { describe } from 'vitest';
import { readEpisodesCases } from './read-episodes-cases.ts';

describe('readEpisodes', readEpisodesCases);
