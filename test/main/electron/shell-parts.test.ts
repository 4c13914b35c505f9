import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../contract/errors.ts';
import { onShift } from '../../../main/electron/closing.ts';
import { parseCommandLine } from '../../../main/electron/command-line.ts';
import { PortDesk } from '../../../main/electron/port-desk.ts';
import { sentencesOf } from '../../../main/electron/sentences.ts';

describe('the command line', () => {
  const parse = (...args: string[]) => parseCommandLine(args, '/home');

  test('tells data folder and enrolment, in either way of writing', () => {
    const enrol = { address: 'http://127.0.0.1:8600', code: 'BCDF-GHJK', stationName: 'Bàn 02' };
    expect(parse('--data', 'd', '--province', enrol.address, '--code', enrol.code, '--name', enrol.stationName)).toEqual({ dataDir: '/home/d', enrol, allowUnsafeKey: false });
    expect(parse('--data=/x/y', `--province=${enrol.address}`, `--code=${enrol.code}`, '--allow-unsafe-key')).toEqual({ dataDir: '/x/y', enrol: { ...enrol, stationName: 'Bàn 01' }, allowUnsafeKey: true });
  });

  test('of a plain start says nothing', () => {
    expect(parse()).toEqual({ dataDir: null, enrol: null, allowUnsafeKey: false });
  });

  test('enrols only with both address and code, and takes no option for a value', () => {
    expect(parse('--province', 'http://a').enrol).toBeNull();
    expect(parse('--code', 'ABC', '--province').enrol).toBeNull();
    expect(parse('--data', '--code', 'ABC').dataDir).toBeNull();
    expect(parse('--data=').dataDir).toBeNull();
  });

  test('whatever stands there, nothing breaks', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--data', '--code', '--province', '--name', '--inspect=0', '--no-sandbox'))), args => {
      const { dataDir } = parseCommandLine(args, '/home');
      expect(dataDir === null || dataDir.startsWith('/')).toBe(true);
    }));
  });
});

describe('the port desk', () => {
  const make = () => { const handed = { times: 0 }; return { handed, desk: new PortDesk(() => { handed.times += 1; }) }; };

  test('hands a port over when both page and core are there, whoever comes first', () => {
    const a = make();
    a.desk.pageAsks();
    expect(a.handed.times).toBe(0);
    a.desk.coreIs(true);
    expect(a.handed.times).toBe(1);
    const b = make();
    b.desk.coreIs(true);
    expect(b.handed.times).toBe(0);
    b.desk.pageAsks();
    expect(b.handed.times).toBe(1);
  });

  test('hands a new one over after the core was restarted, once', () => {
    const { desk, handed } = make();
    desk.pageAsks();
    desk.coreIs(true);
    desk.coreIs(true);
    desk.coreIs(false);
    desk.coreIs(false);
    desk.coreIs(true);
    expect(handed.times).toBe(2);
  });

  test('hands none to a page that has left', () => {
    const { desk, handed } = make();
    desk.pageAsks();
    desk.pageLeaves();
    desk.coreIs(true);
    expect(handed.times).toBe(0);
    desk.pageAsks();
    expect(handed.times).toBe(1);
  });
});

describe('closing', () => {
  const state = {
    enrolled: true, stationCode: 'BPM1', stationName: 'Bàn 01', site: null, provinceName: '', people: [], version: '1', lockAfterMs: 1, demo: true,
    session: {
      personId: '0190a000-0000-7000-8000-000000000001', name: 'Trần Minh Họa', title: '', roles: [], siteId: '0190a000-0000-7000-8000-000000000002', unitId: null,
      scope: { siteIds: null, services: null }, signedInAtMs: 1, offline: false, locked: true,
    },
  };

  test('asks while somebody is signed in, locked or not', async () => {
    expect(await onShift({ call: async () => state })).toBe('Trần Minh Họa');
  });

  test('asks nothing when nobody is, or when the core cannot say', async () => {
    expect(await onShift({ call: async () => ({ ...state, session: null }) })).toBeNull();
    expect(await onShift({ call: async () => { throw new Error('gone'); } })).toBeNull();
    expect(await onShift({ call: async () => 'nonsense' })).toBeNull();
  });
});

test('every error has two sentences, and one without its own names its code', () => {
  for (const code of ERROR_CODES) {
    const { what, todo } = sentencesOf({ code, facts: {} });
    expect(what.length > 10 && todo.length > 10, code).toBe(true);
  }
  expect(sentencesOf({ code: 'internal/unexpected', facts: {} }).todo).toContain('internal/unexpected');
  expect(sentencesOf({ code: 'db/key-missing', facts: {} }).todo).toContain('đừng xóa');
});
