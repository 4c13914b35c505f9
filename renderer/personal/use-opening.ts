import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssueDetail } from '../../contract/console.ts';
import { client } from '../client.ts';
import { errorOf } from '../ui/error-text.ts';

/** How a record's reporter is opened: at once where one's role, duty and work allow it, else by a written reason. */
export interface Opening {
  /** The record as it is shown: with its persons once they are open. */
  shown: (masked: IssueDetail) => IssueDetail;
  /** A reason is being asked for. */
  isAsking: boolean;
  isPending: boolean;
  isOpen: boolean;
  error: Error | null;
  /** What the person presses first. */
  begin: (masked: IssueDetail) => void;
  open: (reason: string) => void;
  putAside: () => void;
}

const isAskedFor = (error: Error): boolean => errorOf(error).code === 'personal/reason-needed';

export function useOpening(id: string): Opening {
  const [isAsking, setAsking] = useState(false);
  const reveal = useMutation({
    mutationFn: (reason: string | null) => client.issues.reveal({ id, ...(reason === null ? {} : { reason }) }),
    onSuccess: () => { setAsking(false); },
    // A turn of duty may have ended since the record was read.
    onError: error => { if (isAskedFor(error)) setAsking(true); },
  });
  const { data, error } = reveal;
  return {
    shown: masked => (data === undefined || !masked.reporterMasked ? masked
      : { ...masked, reporterMasked: false, issue: { ...masked.issue, reporter: data.issue.reporter, victims: data.issue.victims, original: data.issue.original } }),
    isAsking, isPending: reveal.isPending, isOpen: data !== undefined,
    error: error === null || (isAsking && isAskedFor(error)) ? null : error,
    begin: masked => { if (masked.personal.access === 'reason') setAsking(true); else reveal.mutate(null); },
    open: reason => { reveal.mutate(reason); },
    putAside: () => { setAsking(false); },
  };
}
