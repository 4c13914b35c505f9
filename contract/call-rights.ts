import { oc } from '@orpc/contract';
import { z } from 'zod';
import { wireErrors } from './errors.ts';
import type { Permission } from './permissions.ts';

/** Who may call: a permission, `signedIn` for everyone who is, `anyone` before sign-in. Checked by main/wire/dispatch. */
export interface CallMeta { allow: Permission | 'signedIn' | 'anyone' }

const base = oc.$meta<CallMeta>({ allow: 'signedIn' }).errors(wireErrors);
export const anyone = base.meta({ allow: 'anyone' });
export const signedIn = base.meta({ allow: 'signedIn' });
export const needs = (permission: Permission) => base.meta({ allow: permission });
/** What a call brings along, or gives, that says nothing. */
export const Empty = z.object({});
