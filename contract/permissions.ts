import { ROLES, type Role } from './org.ts';
import { isKnown } from './words.ts';

/** What someone may do. One table for core and province: a screen only hides what these two refuse anyway. */
export const PERMISSIONS = [
  'queue.read', 'issue.receive', 'issue.edit', 'issue.note', 'issue.verify', 'issue.confirmFalse', 'issue.forward',
  'issue.accept', 'issue.hold', 'issue.resolve', 'issue.close', 'issue.acknowledge', 'issue.correct', 'issue.reopen', 'issue.handOff', 'issue.resource',
  'issue.merge', 'issue.remind', 'issue.survey', 'issue.attach', 'issue.detach', 'attachment.read', 'reporter.reveal', 'personal.erase', 'import.run', 'directory.read',
  'sync.read', 'sync.approveRemoval', 'attention.dismiss', 'device.manage', 'audit.read', 'stick.use', 'issue.export', 'policy.edit',
  'handover.read', 'handover.sign', 'view.share', 'request.read', 'request.handle', 'roster.read', 'roster.swap', 'roster.plan',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OPERATOR: readonly Permission[] = [
  'queue.read', 'issue.receive', 'issue.edit', 'issue.note', 'issue.verify', 'issue.confirmFalse', 'issue.forward',
  'issue.close', 'issue.acknowledge', 'issue.correct', 'issue.reopen', 'issue.handOff', 'issue.resource', 'issue.merge', 'issue.remind', 'issue.survey',
  'issue.attach', 'issue.detach', 'attachment.read', 'reporter.reveal', 'directory.read', 'sync.read', 'attention.dismiss', 'issue.export',
  'handover.read', 'handover.sign', 'roster.read', 'roster.swap',
];
const UNIT: readonly Permission[] = [
  'queue.read', 'issue.note', 'issue.correct', 'issue.resource', 'issue.attach', 'issue.detach', 'attachment.read', 'reporter.reveal', 'issue.accept', 'issue.resolve', 'directory.read', 'sync.read', 'attention.dismiss',
];
const READER: readonly Permission[] = ['queue.read', 'directory.read', 'sync.read'];

/** Role → permissions (domain: operators work records, unit people act on what was forwarded to them, others read). */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  truc_ban: OPERATOR,
  ca_truong: [...OPERATOR, 'import.run', 'audit.read', 'stick.use', 'view.share', 'request.read', 'request.handle', 'roster.plan'],
  lanh_dao_ioc: [...READER, 'issue.remind', 'issue.reopen', 'attachment.read', 'sync.approveRemoval', 'audit.read', 'issue.export', 'handover.read', 'request.read', 'request.handle', 'roster.read', 'roster.plan'],
  dau_moi: UNIT,
  lanh_dao_don_vi: [...UNIT, 'issue.hold'],
  quan_tri: ['queue.read', 'personal.erase', 'directory.read', 'sync.read', 'sync.approveRemoval', 'import.run', 'attention.dismiss', 'device.manage', 'audit.read', 'stick.use', 'issue.export', 'handover.read', 'view.share', 'request.read', 'request.handle', 'policy.edit', 'roster.read'],
  kiem_tra: [...READER, 'issue.reopen', 'attachment.read', 'audit.read', 'reporter.reveal', 'issue.export', 'handover.read', 'request.read', 'roster.read'],
  phan_tich: [...READER, 'issue.export'],
};

/** Whether any of the roles carries the permission. */
export function may(roles: readonly Role[], permission: Permission): boolean {
  // A role of a newer version carries nothing here.
  return roles.some(role => isKnown(ROLES, role) && ROLE_PERMISSIONS[role].includes(permission));
}
