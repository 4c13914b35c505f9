import { alarm } from './en/alarm.ts';
import { app } from './en/app.ts';
import { attachments } from './en/attachments.ts';
import { bulk } from './en/bulk.ts';
import { commandBar } from './en/command-bar.ts';
import { diagnosis } from './en/diagnosis.ts';
import { directory } from './en/directory.ts';
import { domain } from './en/domain.ts';
import { errors } from './en/errors.ts';
import { exports } from './en/exports.ts';
import { frame } from './en/frame.ts';
import { health } from './en/health.ts';
import { imports } from './en/imports.ts';
import { intake } from './en/intake.ts';
import { issue } from './en/issue.ts';
import { policy } from './en/policy.ts';
import { print } from './en/print.ts';
import { map } from './en/map.ts';
import { queue } from './en/queue.ts';
import { reach } from './en/reach.ts';
import { signIn } from './en/sign-in.ts';
import { steps } from './en/steps.ts';
import { stick } from './en/stick.ts';
import { wallboard } from './en/wallboard.ts';

/** All English texts; each topic has the shape of its Vietnamese one. */
export const en = { alarm, app, attachments, bulk, commandBar, diagnosis, directory, domain, errors, exports, frame, health, imports, intake, issue, map, policy, print, queue, reach, signIn, steps, stick, wallboard };
