import { afterEach } from 'vitest';
import { removeFoldersOfTest } from './folders-of-test.ts';

// Run for each test file. Files share the modules of their process: what one of those asked for would hold for the first file that loads it only.
afterEach(removeFoldersOfTest);
