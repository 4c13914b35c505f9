import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The simulations take the longest: begun last, one processor would wait for them alone. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/sim/');
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))];
  }
}
