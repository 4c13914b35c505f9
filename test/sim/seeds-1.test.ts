import { describeSeeds } from './suite.ts';

describeSeeds(1, 20, [3, 4]);
