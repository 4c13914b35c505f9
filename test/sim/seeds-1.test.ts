import { describeSeeds } from './suite.ts';

describeSeeds(1, 20);
