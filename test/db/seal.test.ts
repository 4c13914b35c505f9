import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Seal } from '../../db/seal.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { KEY, openDesk } from './support.ts';

const OTHER_KEY = '7c'.repeat(32);
const NAME = 'Nguyễn Thử Niêm Phong', PHONE = '0900000157', HURT = 'Trần Mẫu Bị Thương', RELATION = 'hàng xóm đối diện';

describe('a seal', () => {
  test('gives back what it was given, in this process and the next, and to nobody with another key', () => {
    const [first, next, stranger] = [new Seal(KEY), new Seal(KEY), new Seal(OTHER_KEY)];
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { minLength: 1, maxLength: 5 }), texts => {
      const sealed = texts.map(text => first.close(text));
      for (const [i, text] of texts.entries()) {
        expect([first, next].map(seal => seal.open(sealed[i]!).trimEnd())).toEqual([text.trimEnd(), text.trimEnd()]);
        if (text.trim() !== '') expect(stranger.open(sealed[i]!).trimEnd()).not.toBe(text.trimEnd());
      }
    }));
  });

  test('never makes the same of the same text twice', () => {
    const seal = new Seal(KEY);
    const made = Array.from({ length: 500 }, () => seal.close('Nguyễn Văn Thử').toString('hex').slice(32));
    expect(new Set(made).size).toBe(500);
    expect(new Seal(KEY).close('x').subarray(0, 8)).not.toEqual(new Seal(KEY).close('x').subarray(0, 8));
  });

  test('telephones with equal endings have equal endings, as long as theirs and no longer', () => {
    const seal = new Seal(KEY);
    const someDigits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 24 });
    const shared = (a: string, b: string): number => { let n = 0; while (n < Math.min(a.length, b.length) && a.at(-1 - n) === b.at(-1 - n)) n += 1; return n; };
    fc.assert(fc.property(someDigits, someDigits, fc.nat(12), (a, b, same) => {
      const [one, other] = [a, b + a.slice(Math.max(0, a.length - same))];
      expect(seal.phone(one)).toMatch(new RegExp(`^[0-9]{${one.length}}$`));
      expect(shared(seal.phone(one), seal.phone(other))).toBe(shared(one, other));
    }));
    expect(new Seal(OTHER_KEY).phone(PHONE)).not.toBe(seal.phone(PHONE));
  });

  test('a word has one sign, other words and other keys have others', () => {
    const seal = new Seal(KEY);
    const words = ['nguyễn', 'nguyen', 'thử', 'thu', 'x', 'y', 'nguyennguyennguyen'];
    expect(new Set(words.map(word => seal.sign(word))).size).toBe(words.length);
    expect(words.map(word => new Seal(KEY).sign(word))).toEqual(words.map(word => seal.sign(word)));
    expect(new Seal(OTHER_KEY).sign('thu')).not.toBe(seal.sign('thu'));
  });
});

describe('a record', () => {
  test('has nothing of who reported and who was hurt in its row or its words, and gives all of it back', () => {
    const { db, receive, close } = openDesk();
    const reporter = { anonymous: false, name: NAME, phone: PHONE, relation: RELATION };
    const victims = [{ who: HURT, conscious: 'yes' as const, breathing: 'yes' as const, bleeding: 'no' as const }];
    const id = receive({ reporter, victims });
    const { sealed, ...row } = db.prepare<[], Record<string, unknown>>('SELECT rest, phone, description, place_text, persons AS sealed FROM issue').get()!;
    const clear = JSON.stringify(row);
    for (const text of ['Niêm', PHONE, PHONE.slice(-6), HURT, RELATION]) expect(clear).not.toContain(text);
    expect(Buffer.from(sealed as Uint8Array).toString('latin1')).not.toContain('Ni');
    expect(readIssue(db, id)?.issue).toMatchObject({ reporter, victims });
    for (const table of ['ex', 'fo']) {
      expect(db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH '"niêm" OR "niem" OR "phong"'`).all()).toEqual([]);
      db.exec(`CREATE VIRTUAL TABLE temp.${table}_words USING fts5vocab(main, ${table}, row)`);
      expect(db.prepare<[], string>(`SELECT term FROM temp.${table}_words`).pluck().all().filter(term => /ni[êe]m|phong|th[ưu]ong|hang|hàng/.test(term))).toEqual([]);
    }
    close();
  });

  test('is found by words of the name and the end of the telephone through their signs', () => {
    const { db, receive, close } = openDesk();
    receive({ reporter: { anonymous: false, name: NAME, phone: PHONE, relation: '' } });
    receive({ reporter: { anonymous: false, name: 'Lê Văn Mẫu', phone: '0911111557', relation: '' } });
    const search = createIssueSearch(db);
    expect(search.matchingRids(`"${search.sign('niem')}"`)).toEqual(Int32Array.of(1));
    expect(search.phoneEndsWith('157', 10)).toEqual([1]);
    expect(search.phoneEndsWith('57', 10).toSorted()).toEqual([1, 2]);
    expect(search.phoneEndsWith('+84 900 000 157'.slice(3), 10)).toEqual([1]);
    expect([search.hasPhoneEnd(1, '0157'), search.hasPhoneEnd(2, '0157')]).toEqual([true, false]);
    close();
  });
});
