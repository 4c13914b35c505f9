import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inScope, SERVICES, type Scope } from '../../../contract/org.ts';
import { hashPassword, matchesPassword } from '../../../main/auth/password.ts';
import { mayResume, narrower } from '../../../main/auth/session-rules.ts';

const SITES = ['a', 'b', 'c'];
const scope: fc.Arbitrary<Scope> = fc.record({
  siteIds: fc.option(fc.subarray(SITES)), services: fc.option(fc.subarray([...SERVICES])),
});

describe('a scope narrowed by another', () => {
  it('holds exactly what both hold', () => {
    fc.assert(fc.property(scope, scope, fc.constantFrom(...SITES), fc.constantFrom(...SERVICES), (a, b, siteId, service) => {
      const record = { siteId, service };
      expect(inScope(narrower(a, b), record)).toBe(inScope(a, record) && inScope(b, record));
    }));
  });
});

describe('a kept session', () => {
  const kept = { signedInAtMs: 1_000, touchedAtMs: 5_000 } as Parameters<typeof mayResume>[0];

  it('goes on while someone was there less than the lock time ago, and not when the clock was set back', () => {
    expect(mayResume(kept, 600, 5_599)).toBe(true);
    expect(mayResume(kept, 600, 5_600)).toBe(false);
    expect(mayResume(kept, 600, 4_000)).toBe(false);
    expect(mayResume(kept, 0, 10 ** 12)).toBe(true);
  });
});

describe('a password kept on this machine', () => {
  it('is known again, nothing else is, and the same one is never kept the same way twice', async () => {
    const [one, two] = [await hashPassword('Mật khẩu dài 1'), await hashPassword('Mật khẩu dài 1')];
    expect(one.hash).not.toBe(two.hash);
    expect(JSON.stringify(one)).not.toContain('khẩu');
    expect(await matchesPassword('Mật khẩu dài 1'.normalize('NFD'), one)).toBe(true);
    expect(await matchesPassword('Mat khau dai 1', one)).toBe(false);
  });

  it('leaves the event loop free while it is checked', async () => {
    let turns = 0;
    const ticking = setInterval(() => { turns += 1; }, 1);
    await hashPassword('x');
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
  });
});
