import { alarm } from './vi/alarm.ts';
import { app } from './vi/app.ts';
import { attachments } from './vi/attachments.ts';
import { bulk } from './vi/bulk.ts';
import { commandBar } from './vi/command-bar.ts';
import { diagnosis } from './vi/diagnosis.ts';
import { directory } from './vi/directory.ts';
import { domain } from './vi/domain.ts';
import { errors } from './vi/errors.ts';
import { exports } from './vi/exports.ts';
import { frame } from './vi/frame.ts';
import { health } from './vi/health.ts';
import { imports } from './vi/imports.ts';
import { intake } from './vi/intake.ts';
import { issue } from './vi/issue.ts';
import { policy } from './vi/policy.ts';
import { print } from './vi/print.ts';
import { map } from './vi/map.ts';
import { queue } from './vi/queue.ts';
import { reach } from './vi/reach.ts';
import { signIn } from './vi/sign-in.ts';
import { steps } from './vi/steps.ts';
import { stick } from './vi/stick.ts';
import { wallboard } from './vi/wallboard.ts';

/** All Vietnamese texts, one topic a file. */
export const vi = { alarm, app, attachments, bulk, commandBar, diagnosis, directory, domain, errors, exports, frame, health, imports, intake, issue, map, policy, print, queue, reach, signIn, steps, stick, wallboard };
