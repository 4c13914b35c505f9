import { describeSeeds } from './suite.ts';

describeSeeds(51, 100);
