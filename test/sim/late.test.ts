import { describeSeeds } from './suite.ts';

describeSeeds('the second hundred seeds', 101, 200);
