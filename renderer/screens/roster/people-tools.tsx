import { useEffect, useRef, useState } from 'react';
import type { RosterPlan } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { AddCard } from './add-card.tsx';
import { DeskCard } from './desk-card.tsx';
import { ImportPeople, NO_TABLE, type KeptTable } from './import-people.tsx';
import { MemberCard } from './member-card.tsx';

type Tool = 'member' | 'add' | 'import' | 'desk';

interface ToolsProps { plan: RosterPlan; row: number; isLocked: boolean; onChange: (plan: RosterPlan) => void; onRow: (row: number) => void }

/** Who is in a plan and what its desk is: the card of the chosen row, somebody more, people out of a table, the desk's settings. */
export function PeopleTools({ plan, row, isLocked, onChange, onRow }: ToolsProps) {
  const t = useT();
  const [tool, setTool] = useState<Tool | null>(null);
  // What was pasted outlives its dialog until it is taken: a lock closes that too.
  /** How often a card was asked for: asked for again, it has the focus again. */
  const [asked, setAsked] = useState(0);
  const [table, setTable] = useState<KeptTable>(NO_TABLE);
  const hasRow = plan.members[row] !== undefined;
  const shown = isLocked || (tool === 'member' && !hasRow) ? null : tool;
  const close = (): void => { setTool(null); };
  const box = useRef<HTMLElement>(null);
  // A card takes the focus; with it, what had the focus goes, and the keys are the grid's again.
  useEffect(() => {
    if (shown === 'member' || shown === 'desk') box.current?.querySelector<HTMLElement>('.people input, .people select')?.focus();
    else if (shown === null && document.activeElement === document.body) document.querySelector<HTMLElement>('.roster-grid td.cursor')?.focus();
  }, [shown, asked]);
  const tools = [
    { tool: 'member' as const, keys: 'f2', hint: 'F2', enabled: hasRow }, { tool: 'add' as const, keys: 'insert', hint: 'Insert', enabled: true },
    { tool: 'import' as const, keys: 'ctrl+i', hint: 'Ctrl+I', enabled: true }, { tool: 'desk' as const, keys: 'f4', hint: 'F4', enabled: true },
  ];
  useShortcuts('screen', tools.map(one => ({ keys: one.keys, label: t(`rosterPeople.toolLong.${one.tool}`), ...one.tool !== 'desk' && { hint: one.hint }, run: () => { setTool(one.tool); setAsked(asked + 1); }, enabled: !isLocked && one.enabled })));
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: close, whileTyping: true, enabled: shown !== null && shown !== 'import' }]);
  return (
    <section ref={box} className="roster-tools" aria-label={t('rosterPeople.tools')}>
      <p className="buttons">
        {tools.map(one => <Button key={one.tool} hint={one.hint} title={t(`rosterPeople.toolLong.${one.tool}`)} disabled={isLocked || !one.enabled} expanded={shown === one.tool} onClick={() => { setTool(tool === one.tool ? null : one.tool); }}>{t(`rosterPeople.tool.${one.tool}`)}</Button>)}
      </p>
      {shown === 'member' && <MemberCard plan={plan} row={row} isLocked={isLocked} onChange={onChange} onRow={onRow} onClose={close} />}
      {shown === 'add' && <AddCard plan={plan} isLocked={isLocked} onChange={onChange} onRow={onRow} onClose={close} />}
      {shown === 'desk' && <DeskCard plan={plan} isLocked={isLocked} onChange={onChange} onClose={close} />}
      {shown === 'import' && <ImportPeople plan={plan} kept={table} onKeep={setTable} onTake={next => { setTable(NO_TABLE); onChange(next); }} onClose={close} />}
    </section>
  );
}
