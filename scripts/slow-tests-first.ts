import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** They take minutes: started last, they would run alone on one core while the others idle. */
const SLOW = /\.slow\.test\.ts$|test\/cli\/main\.test\.ts$/;

/** Vitest's order, the largest files first, but for the slow ones. */
export class SlowTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => SLOW.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
