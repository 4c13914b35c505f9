import { isContractProcedure } from '@orpc/contract';
import { expect, test } from 'vitest';
import { consoleContract } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { ROLES, type Role } from '../../../contract/org.ts';
import { ROLE_PERMISSIONS } from '../../../contract/permissions.ts';
import { admit } from '../../../main/wire/dispatch.ts';
import { invent } from '../../support/stand-in-core.ts';

const allowOf = (path: string): unknown => {
  const [part = '', name = ''] = path.split('.');
  const found: unknown = Reflect.get(Object(Reflect.get(consoleContract, part)), name);
  return isContractProcedure(found) ? found['~orpc'].meta.allow : `no procedure ${path}`;
};

/** Whoever only reads: they look at everything, and put nothing away. */
const READERS: Role[] = ['lanh_dao_ioc', 'kiem_tra', 'phan_tich'];

const letsIn = (path: string, roles: Role[]): boolean => {
  try {
    admit(allowOf(path) as Parameters<typeof admit>[0], invent(roles));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'auth/forbidden') return false;
    throw error;
  }
};

/** Written out a second time on purpose: a permission that changes is a decision, not a slip. */
const EXPECTED: Record<string, string> = {
  'station.state': 'anyone', 'station.enrol': 'anyone', 'station.enrolAgain': 'anyone', 'station.settings': 'anyone', 'station.saveSettings': 'anyone',
  'auth.signIn': 'anyone', 'auth.signOut': 'anyone', 'auth.lock': 'anyone', 'auth.unlock': 'anyone', 'auth.touch': 'signedIn',
  'directory.sites': 'signedIn', 'directory.areas': 'signedIn', 'directory.units': 'signedIn', 'directory.people': 'directory.read', 'directory.policies': 'signedIn',
  'rosters.open': 'roster.plan', 'rosters.save': 'roster.plan', 'rosters.first': 'roster.plan', 'rosters.check': 'roster.read', 'rosters.look': 'roster.plan', 'rosters.solve': 'roster.plan', 'rosters.job': 'roster.plan', 'rosters.callOff': 'roster.plan', 'rosters.replan': 'roster.plan', 'rosters.replanned': 'roster.plan',
  'rosters.desks': 'roster.read', 'rosters.published': 'roster.read', 'rosters.publish': 'roster.plan', 'rosters.acknowledge': 'roster.read', 'rosters.ask': 'roster.read', 'rosters.take': 'roster.read', 'rosters.approve': 'roster.plan', 'rosters.end': 'roster.read', 'rosters.board': 'roster.read', 'rosters.news': 'roster.read', 'rosters.file': 'roster.read',
  'rosters.conflicts': 'roster.plan', 'rosters.waysOut': 'roster.plan', 'rosters.whyNot': 'roster.plan', 'rosters.copies': 'roster.plan', 'rosters.saveCopy': 'roster.plan', 'rosters.removeCopy': 'roster.plan', 'rosters.figures': 'roster.plan',
  'rosters.attendance': 'roster.read', 'rosters.attend': 'roster.plan', 'rosters.takeOver': 'roster.read',
  'policy.packs': 'signedIn', 'policy.draft': 'policy.edit', 'policy.startDraft': 'policy.edit', 'policy.saveDraft': 'policy.edit', 'policy.removeDraft': 'policy.edit', 'policy.issue': 'policy.edit', 'policy.withdraw': 'policy.edit',
  'issues.openView': 'queue.read', 'issues.page': 'queue.read', 'issues.positionOf': 'queue.read', 'issues.closeView': 'queue.read', 'issues.counts': 'queue.read', 'issues.search': 'queue.read', 'issues.similar': 'queue.read', 'issues.get': 'queue.read', 'issues.reveal': 'reporter.reveal', 'issues.mutate': 'signedIn', 'issues.startDraft': 'issue.receive', 'issues.saveDraft': 'issue.receive', 'issues.removeDraft': 'issue.receive', 'issues.drafts': 'issue.receive',
  'issues.choose': 'queue.read', 'issues.bySurveyCode': 'issue.survey',
  'bulk.given': 'queue.read', 'bulk.keep': 'queue.read', 'bulk.preview': 'queue.read', 'bulk.start': 'queue.read', 'bulk.cancel': 'queue.read', 'bulk.undo': 'queue.read', 'bulk.current': 'queue.read', 'bulk.refused': 'queue.read',
  'savedViews.list': 'queue.read', 'savedViews.save': 'queue.read', 'savedViews.share': 'view.share', 'savedViews.remove': 'queue.read', 'savedViews.restore': 'queue.read', 'savedViews.setDefault': 'queue.read',
  'issues.forms': 'queue.read', 'issues.saveForm': 'queue.read', 'issues.removeForm': 'queue.read',
  'attachments.list': 'attachment.read', 'attachments.fetch': 'attachment.read', 'attachments.stop': 'attachment.read', 'attachments.retry': 'attachment.read', 'attachments.read': 'attachment.read',
  'attachments.begin': 'issue.attach', 'attachments.piece': 'issue.attach', 'attachments.finish': 'issue.attach', 'attachments.cancel': 'issue.attach',
  'map.pack': 'signedIn', 'map.read': 'signedIn', 'map.neighbours': 'queue.read',
  'imports.begin': 'import.run', 'imports.piece': 'import.run', 'imports.run': 'import.run', 'imports.cancel': 'import.run', 'imports.get': 'import.run', 'imports.list': 'import.run', 'imports.lines': 'import.run',
  'accessLog.list': 'audit.read', 'alarms.state': 'anyone', 'alarms.heard': 'anyone', 'alarms.noteTest': 'signedIn',
  'issues.wallboard': 'anyone', 'exports.begin': 'issue.export', 'exports.piece': 'issue.export', 'exports.cancel': 'issue.export',
  'handovers.news': 'handover.read', 'handovers.list': 'handover.read', 'handovers.get': 'handover.read', 'handovers.markRead': 'handover.read', 'handovers.take': 'handover.read', 'handovers.refuse': 'handover.read',
  'handovers.draft': 'handover.sign', 'handovers.saveDraft': 'handover.sign', 'handovers.give': 'handover.sign', 'handovers.withdraw': 'handover.sign', 'handovers.remark': 'handover.sign',
  'requests.news': 'request.read', 'requests.list': 'request.read', 'requests.get': 'request.read', 'requests.draft': 'request.handle', 'requests.saveDraft': 'request.handle', 'requests.receive': 'request.handle',
  'requests.identify': 'request.handle', 'requests.note': 'request.handle', 'requests.extend': 'request.handle', 'requests.answer': 'request.handle', 'requests.refuse': 'request.handle',
  'stick.state': 'stick.use', 'stick.exportFile': 'stick.use', 'stick.piece': 'stick.use', 'stick.receive': 'stick.use', 'stick.answerFile': 'stick.use', 'stick.sendAgain': 'stick.use', 'stick.drop': 'stick.use',
  'sync.status': 'anyone', 'sync.tryNow': 'anyone', 'sync.approveRemoval': 'sync.approveRemoval', 'sync.attention': 'sync.read', 'sync.dismiss': 'attention.dismiss',
  'sync.diagnosis': 'sync.read', 'sync.diagnose': 'sync.read', 'sync.restore': 'attention.dismiss', 'sync.keepMine': 'attention.dismiss', 'sync.again': 'attention.dismiss', 'sync.noteExport': 'sync.read',
};

test.each<[string, string]>(Object.entries(EXPECTED))('%s is for %s', (path, allow) => expect(allowOf(path)).toBe(allow));

test('the list above is complete', () => {
  const all = Object.entries(consoleContract).flatMap(([part, inner]) => (isContractProcedure(inner) ? [] : Object.keys(inner).map(name => `${part}.${name}`)));
  expect(Object.keys(EXPECTED).sort()).toEqual(all.sort());
});

test.each(READERS)('%s reads what went wrong and cannot put it away', role => {
  expect([letsIn('sync.attention', [role]), letsIn('sync.dismiss', [role])]).toEqual([true, false]);
});

test('who notes may add and remove files; files are seen by who may know persons, not by who counts or keeps machines', () => {
  const those = (permission: string): Role[] => ROLES.filter(role => ROLE_PERMISSIONS[role].some(one => one === permission));
  expect([those('issue.attach'), those('issue.detach')]).toEqual([those('issue.note'), those('issue.note')]);
  expect(ROLES.filter(role => !those('attachment.read').includes(role))).toEqual(ROLES.filter(role => ['quan_tri', 'phan_tich'].includes(role)));
});

test('everyone else who reads what went wrong may put it away', () => {
  for (const role of ROLES.filter(one => !READERS.includes(one))) expect(letsIn('sync.dismiss', [role]), role).toBe(true);
});

test('files that take the place of a link are for the shift leader and the administrator', () => {
  expect(ROLES.filter(role => letsIn('stick.exportFile', [role])).sort()).toEqual(['ca_truong', 'quan_tri']);
});

test('lists leave the machine with whoever answers for them, not with units', () => {
  expect(ROLES.filter(role => letsIn('exports.begin', [role])).sort()).toEqual(['ca_truong', 'kiem_tra', 'lanh_dao_ioc', 'phan_tich', 'quan_tri', 'truc_ban']);
});

test('the policy is edited by the administrator alone', () => {
  expect(ROLES.filter(role => letsIn('policy.issue', [role]))).toEqual(['quan_tri']);
});
