import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes the longest, by its path: begun last, one processor would wait for it alone. */
const LONG = ['/test/sim/', '/test/kills/', 'cut-at-every-byte', 'first-copy', '/test/e2e/typing', '/test/e2e/screens', '/test/e2e/lifecycle', '/test/e2e/apart', '/test/e2e/policy'];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some(part => moduleId.includes(part));
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))];
  }
}
