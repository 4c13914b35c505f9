import { z } from 'zod';
import { SERVICES, type Service, type Site } from './org.ts';

/**
 * Where duty is planned by the month: the lines 113, 114, 115 (tuyến, Đ.8.2) and the desks (bàn trực) of the province's IOC (Đ.8.1, Đ.8.3), of a district's office
 * (Đ.12.1) and of its camera watch (Đ.12.2). Ids of published months count by the order: a new desk comes last.
 */
export const DUTY_DESKS = ['113', '114', '115', 'ioc', 'office', 'camera'] as const;
export const DutyDesk = z.enum(DUTY_DESKS);
export type DutyDesk = z.infer<typeof DutyDesk>;

const LINES: readonly DutyDesk[] = ['113', '114', '115'];
const DESKS_OF: Readonly<Record<Site['tier'], readonly DutyDesk[]>> = { province: [...LINES, 'ioc'], district: [...LINES, 'office', 'camera'] };

/** Whether it is a line that takes calls. */
export function isLine(desk: DutyDesk): boolean {
  return LINES.includes(desk);
}

/** The desks that a site of a tier has. */
export function desksAt(tier: Site['tier']): readonly DutyDesk[] {
  return DESKS_OF[tier];
}

/** The lines whose people see a desk's duty: a line's own, and of a desk that is of no line everybody at the site. */
export function deskLines(desk: DutyDesk): Service[] {
  const line = SERVICES.find(service => service === desk);
  return line === undefined ? [...SERVICES] : [line];
}

/** Working-time rules by whom they bind (reading, §2.5): the Labour Code, public servants, the police, round-the-clock duty in health care. */
export const RULE_PROFILES = ['LAB48', 'CC40', 'CAND', 'YTE24'] as const;
export const RuleProfile = z.enum(RULE_PROFILES);
export type RuleProfile = z.infer<typeof RuleProfile>;
