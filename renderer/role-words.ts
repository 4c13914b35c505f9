import type { Role } from '../contract/org.ts';
import type { t as translate } from './strings/text.ts';

/** Roles as a policy pack names them, in words; one of a newer version as it stands there. */
export function roleWords(t: typeof translate, roles: readonly string[]): string {
  return roles.map(role => t(`domain.role.${role as Role}`)).join(', ');
}
