import { describeSeeds } from './suite.ts';

describeSeeds(151, 200);
