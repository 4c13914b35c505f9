import { useEffect, useRef, useState } from 'react';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';

interface TypedProps {
  label: string; value: string; disabled: boolean; hint?: string; maxLength?: number; list?: string;
  /** What is typed is taken; words where it cannot be. */
  onTake: (text: string) => string | null;
}

/** A field of a plan that is taken as a whole, by Enter or when it is left, also by closing its card: one step to take back, not one for each letter. */
export function Typed({ label, value, disabled, hint, maxLength, list, onTake }: TypedProps) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => { setTyped(null); setWrong(null); }, [value]);
  const text = typed ?? value;
  const take = (): void => {
    const trouble = text === value ? null : onTake(text);
    setWrong(trouble);
    // Taken, it shows what the plan has of it: the same in other words is no change.
    if (trouble === null) setTyped(null);
  };
  // Nothing tells a field that it is left when its card goes with it.
  const leave = useRef(take);
  leave.current = () => { if (text !== value) onTake(text); };
  useEffect(() => () => { leave.current(); }, []);
  return (
    <Field label={label} wrong={wrong} hint={hint}>
      {control => (
        <input {...control} className="input sm" type="text" value={text} disabled={disabled} maxLength={maxLength} list={list} title={t('rosterPeople.takenBy')}
          onChange={event => { setTyped(event.target.value); }} onBlur={take} onKeyDown={event => { if (event.key === 'Enter') take(); }} />
      )}
    </Field>
  );
}
