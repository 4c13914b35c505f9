import type { ProvinceAdmin, ProvinceLink } from './api.ts';
import type { Asked } from './sign-in.ts';

/** A person who signs in is not kept waiting for a link that gives no answer. */
const SIGN_IN_MS = 8_000;
/** A pack is some 30 KB, which a slow link takes a while to carry. */
const ADMIN_MS = 30_000;

/** What people ask of the province. @param ask carries a call out over this workstation's line */
export function provinceDesk(ask: <T>(call: Asked<T>, waitMs: number) => Promise<T>): { link: ProvinceLink; admin: ProvinceAdmin } {
  return {
    link: { signIn: input => ask((client, options) => client.people.signIn(input, options), SIGN_IN_MS) },
    admin: {
      issuePolicy: input => ask((client, options) => client.admin.issuePolicy(input, options), ADMIN_MS),
      withdrawPolicy: input => ask((client, options) => client.admin.withdrawPolicy(input, options), ADMIN_MS),
    },
  };
}
