import { describeSeeds } from './suite.ts';

describeSeeds(101, 150);
