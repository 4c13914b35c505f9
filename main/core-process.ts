import { hostCore } from './core-host.ts';
import { connectParent } from './core-parent.ts';

// Loaded late: a database engine that does not load on this machine is then a start that failed, with words and a log line.
hostCore(connectParent(), async options => (await import('./core.ts')).createCore(options));
