import { parseArgs } from 'node:util';
import { makeCluster } from './sql.ts';

// `npm run build` keeps an empty cluster of the embedded engine, so that a new province does not wait for one to be made.
const { values: { out } } = parseArgs({ options: { out: { type: 'string' } } });
if (out === undefined) throw new Error('--out FOLDER');
await makeCluster(out);
