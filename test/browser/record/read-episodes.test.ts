import { describe } from 'vitest';
import { readEpisodesCases } from '../../record/read-episodes-cases.ts';

describe('readEpisodes in the browser', readEpisodesCases);
