import { useState } from 'react';
import type { ImportJob } from '../../../contract/imports.ts';
import { client } from '../../client.ts';
import { queries } from '../../live-query.ts';
import { upload } from './upload.ts';

/** The list of imports as it is kept between screens. */
export const JOBS_KEY = ['imports.list'] as const;

/** Puts the newest state of a job into the list, so that the bar moves with every answer. */
export function noteJob(job: ImportJob): void {
  queries.setQueryData<ImportJob[]>(JOBS_KEY, (jobs = []) => jobs.some(j => j.id === job.id) ? jobs.map(j => j.id === job.id ? job : j) : [job, ...jobs]);
}

/** Sending files: goes on when the screen is left; ends by itself when the core has stopped the job. */
export function useUpload(onStarted: (id: string) => void): { error: unknown; send: (file: File) => void; clear: () => void } {
  const [error, setError] = useState<unknown>(null);
  const send = (file: File): void => {
    setError(null);
    const stopped = new AbortController();
    const known = { id: '' };
    upload(file, client.imports, job => {
      if (known.id === '') onStarted(job.id);
      known.id = job.id;
      noteJob(job);
    }, stopped.signal).catch(async (failure: unknown) => {
      // A job that was stopped meanwhile refuses its next piece: that is no news.
      const job = known.id === '' ? null : await client.imports.get({ id: known.id }).catch(() => null);
      if (job?.status !== 'cancelled') setError(failure);
      if (job !== null) noteJob(job);
    });
  };
  return { error, send, clear: () => { setError(null); } };
}
