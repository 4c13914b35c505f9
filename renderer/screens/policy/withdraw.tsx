import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyPack } from '../../../contract/policy/pack.ts';
import { client } from '../../client.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { useMayEdit } from './issued.tsx';

/** Takes a pack back that is not in force yet. */
export function Withdraw({ pack, onDone }: { pack: PolicyPack; onDone: () => void }) {
  const t = useT();
  const may = useMayEdit();
  const [isOpen, setOpen] = useState(false);
  const withdrawing = useMutation({ mutationFn: (password: string) => client.policy.withdraw({ id: pack.id, password }), onSuccess: onDone });
  if (!may) return null;
  if (!isOpen) return <Button onClick={() => { setOpen(true); }}>{t('policy.withdraw')}</Button>;
  return (
    <div className="withdraw">
      <p>{t('policy.withdrawLead', { code: pack.code })}</p>
      <ConfirmPassword verb={t('policy.withdraw')} busyWords={t('policyEdit.issuing')} isBusy={withdrawing.isPending} error={withdrawing.error} onConfirm={withdrawing.mutate} onCancel={() => { setOpen(false); }} />
    </div>
  );
}
