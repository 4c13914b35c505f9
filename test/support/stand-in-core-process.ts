import { hostCore } from '../../main/core-host.ts';
import { connectParent } from '../../main/core-parent.ts';
import { createStandInCore } from './stand-in-core.ts';

hostCore(connectParent(), createStandInCore);
