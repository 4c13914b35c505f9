import { describe, expect, test } from 'vitest';
import type { LinkStatus } from '../../../contract/console.ts';
import { CHECKS, type CheckLine } from '../../../contract/diagnosis.ts';
import { evaluate, NOTHING_PROBED, type Evidence, type Probes } from '../../../main/sync/diagnose.ts';
import { targetOf } from '../../../main/sync/probes.ts';

const UP: LinkStatus = {
  link: 'up', sinceMs: 1, lastSyncAtMs: 1_000, pending: 0, refused: 0, oldestPendingAtMs: null, serverOffsetMs: 0, offsetMeasuredAtMs: 2,
  loading: null, textBehind: false, lastError: null, pushTrouble: null, pullTrouble: null, nextTryAtMs: null, provinceAddress: 'https://ioc.tinh-mau.vn',
};
const at = <T>(found: T, atMs = 500) => ({ found, atMs });
const ALL_WELL: Probes = {
  network: at(['eth0']), name: at({ kind: 'found', elapsedMs: 2 }), connect: at({ kind: 'open', elapsedMs: 3 }), secure: at({ kind: 'certificate', problem: null, validFromMs: 0, validToMs: 9_999 }),
  answer: at({ kind: 'ours', provinceId: 'p', provinceName: 'Mẫu', protocol: 1, seq: 4, elapsedMs: 5 }), disk: at(50 * 2 ** 30),
};
const chain = (status: Partial<LinkStatus> = {}, probes: Partial<Probes> = {}, more: Partial<Evidence> = {}): CheckLine[] =>
  evaluate({ probes: { ...NOTHING_PROBED, ...probes }, probing: null, target: targetOf('https://ioc.tinh-mau.vn'), provinceId: 'p', nowMs: 5_000, status: { ...UP, ...status }, oldestN: null, ...more });
const line = (lines: CheckLine[], check: CheckLine['check']) => lines.find(one => one.check === check);
const bad = (lines: CheckLine[]) => lines.filter(one => one.state === 'trouble').map(one => one.cause);

describe('the chain', () => {
  test('has every step once, in its order', () => {
    expect(chain().map(one => one.check)).toEqual(CHECKS);
  });

  test('of a link that works is right all along without a probe; only what no exchange proves is left open', () => {
    const lines = chain();
    expect(lines.filter(one => one.state !== 'ok').map(one => [one.check, one.state, one.cause])).toEqual([['disk', 'unknown', 'not-checked']]);
    expect(line(lines, 'connect')).toMatchObject({ cause: 'implied', atMs: 1_000 });
  });

  test('tells what a probe found rather than what follows', () => {
    expect(line(chain({}, ALL_WELL), 'network')).toMatchObject({ cause: 'network/up', facts: { names: 'eth0' }, atMs: 500 });
  });

  test('believes a failed probe over a working link only when it is the newer of the two', () => {
    const refused = (atMs: number) => chain({}, { ...ALL_WELL, connect: at({ kind: 'refused', reason: 'ECONNREFUSED' }, atMs), secure: null, answer: null });
    expect(line(refused(500), 'connect')).toMatchObject({ state: 'ok', cause: 'implied' });
    expect(line(refused(2_000), 'connect')).toMatchObject({ state: 'trouble', cause: 'connect/refused' });
  });

  test('says of a step that is being looked at just that', () => {
    expect(line(chain({ link: 'down' }, {}, { probing: 'name' }), 'name')).toMatchObject({ state: 'checking' });
  });

  test('without any network stops at the first step', () => {
    const lines = chain({ link: 'down', lastError: { code: 'link/unreachable', facts: {} } }, { network: at([]) });
    expect(bad(lines)).toEqual(['network/none']);
    expect(lines.filter(one => one.cause === 'not-reached').map(one => one.check)).toEqual(['name', 'connect', 'secure', 'answer', 'province', 'device', 'version', 'server', 'disk', 'exchange']);
  });
});

describe('what only the exchange can tell', () => {
  test.each(['device/revoked', 'device/unknown', 'device/bad-signature'] as const)('%s is told at the device, once', code => {
    expect(bad(chain({ link: 'down', lastError: { code, facts: {} } }, ALL_WELL))).toEqual([code]);
  });

  test('a program that is too old is told at the version', () => {
    expect(bad(chain({ link: 'down', lastError: { code: 'sync/too-old', facts: {} } }, ALL_WELL))).toEqual(['version/too-old']);
  });

  test('one kind of exchange that fails is shown while the link is up', () => {
    const error = { code: 'link/server-error' as const, facts: { status: 500 } };
    expect(bad(chain({ pullTrouble: { error, failures: 1 }, lastError: error }))).toEqual(['exchange/pull-fails']);
    expect(bad(chain({ pushTrouble: { error, failures: 1 }, lastError: error, pending: 4 }, {}, { oldestN: 7 }))).toEqual(['exchange/push-fails']);
  });

  test('a push that fails even with one change in it names that change', () => {
    const error = { code: 'link/server-error' as const, facts: { status: 500 } };
    const lines = chain({ pushTrouble: { error, failures: 5 }, lastError: error, pending: 4 }, {}, { oldestN: 7 });
    expect(bad(lines)).toEqual(['record/stuck']);
    expect(line(lines, 'record')).toMatchObject({ facts: { n: 7, waiting: 3 }, error });
  });

  test('an error of a broken link that no step explains is still told', () => {
    expect(bad(chain({ link: 'down', lastError: { code: 'link/too-slow', facts: {} } }, ALL_WELL))).toEqual(['exchange/fails']);
  });
});

describe('here', () => {
  test.each([[0, 'ok'], [299_999, 'ok'], [-300_001, 'warning'], [86_400_000, 'warning']] as const)('a clock that is %i ms off is %s, and never trouble', (serverOffsetMs, state) => {
    expect(line(chain({ serverOffsetMs }), 'clock')).toMatchObject({ state });
  });

  test.each([[10 << 20, 'trouble', 'disk/full'], [500 << 20, 'warning', 'disk/low'], [4 * 2 ** 30, 'ok', 'disk/room']] as const)('%i bytes left on the disk: %s', (bytes, state, cause) => {
    expect(line(chain({}, { disk: at(bytes) }), 'disk')).toMatchObject({ state, cause });
  });

  test('a certificate that is trusted but for another name, or by nobody known, is told apart', () => {
    const secured = (problem: string) => line(chain({ link: 'down' }, { ...ALL_WELL, secure: at({ kind: 'certificate', problem, validFromMs: 0, validToMs: 9_999 }), answer: null }), 'secure')?.cause;
    expect([secured('ERR_TLS_CERT_ALTNAME_INVALID'), secured('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), secured('DEPTH_ZERO_SELF_SIGNED_CERT')]).toEqual(['secure/wrong-name', 'secure/untrusted', 'secure/self-signed']);
  });

  test('a first copy on its way is told with its share, and as waiting when the link is down', () => {
    expect([line(chain({ loading: 0.4 }), 'copy'), line(chain({ link: 'down', loading: 1 }), 'copy')]).toMatchObject([{ cause: 'copy/loading', facts: { percent: 40 } }, { state: 'warning', facts: { percent: 99 } }]);
  });
});
