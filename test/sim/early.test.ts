import { describeSeeds } from './suite.ts';

describeSeeds('the first hundred seeds', 1, 100);
