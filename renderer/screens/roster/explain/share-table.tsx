import type { RosterCheck, RosterLedger, RosterPlan } from '../../../../contract/roster.ts';
import { useT } from '../../../strings/text.ts';
import { KINDS, shareLines, type Kind, type Line } from './share-lines.ts';

const HOUR = 60;
/** From so much beside an even share on it is marked: a shift. */
const MARKED: Readonly<Record<Kind, number>> = { minutes: 8 * HOUR, nights: 1, weekends: 1, holidays: 1 };

/** Who works how much: this month, the published months before it, and together, with who has more or less than an even share. */
export function ShareTable({ plan, shares, ledger }: { plan: RosterPlan; shares: RosterCheck['shares']; ledger: readonly RosterLedger[] | undefined }) {
  const t = useT();
  const lines = shareLines(plan, shares, ledger);
  const isCarried = lines.some(({ months }) => months > 0);
  const kinds = KINDS.filter(kind => kind !== 'holidays' || lines.some(({ total }) => total.holidays > 0));
  const apart = (kind: Kind): number => (lines.length === 0 ? 0 : Math.max(...lines.map(({ now }) => now[kind])) - Math.min(...lines.map(({ now }) => now[kind])));
  const shown = (kind: Kind, n: number): string => (kind === 'minutes' ? n / HOUR : n).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  const heads: Record<Kind, string> = { minutes: t('roster.hours'), nights: t('roster.nights'), weekends: t('roster.weekends'), holidays: t('explain.ledger.holidays') };
  return (
    <>
      <table className="roster-shares">
        <thead><tr><th scope="col">{t('roster.who')}</th>{kinds.map(kind => <th key={kind} scope="col">{heads[kind]}</th>)}</tr></thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.name}>
              <th scope="row">{line.name}{isCarried && <small className="muted">{t('explain.ledger.months', { n: line.months })}</small>}</th>
              {kinds.map(kind => <td key={kind}>{shown(kind, line.now[kind])}{isCarried && <small className="muted">+{shown(kind, line.carried[kind])} = {shown(kind, line.total[kind])}</small>}<Mark line={line} kind={kind} words={shown} /></td>)}
            </tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row" className="muted">{t('roster.apart')}</th>{kinds.map(kind => <td key={kind}>{shown(kind, apart(kind))}</td>)}</tr></tfoot>
      </table>
      <p className="muted">{t('explain.ledger.hint')}</p>
    </>
  );
}

/** ▲ or ▼ beside a total that is more than a shift from an even share. */
function Mark({ line, kind, words }: { line: Line; kind: Kind; words: (kind: Kind, n: number) => string }) {
  const t = useT();
  const by = line.total[kind] - line.even[kind];
  if (Math.abs(by) <= MARKED[kind]) return null;
  const told = t(by > 0 ? 'explain.ledger.above' : 'explain.ledger.below', { by: t(`explain.ledger.by.${kind}`, { n: words(kind, Math.abs(by)) }) });
  return <span className={by > 0 ? 'above' : 'below'} role="img" aria-label={told} title={told}>{by > 0 ? '▲' : '▼'}</span>;
}
