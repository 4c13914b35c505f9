import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';

/** A workstation that carries others' files brings a handful; one that brings more is broken or up to something. */
const MAX_FILES = 20;
const WITHIN_MS = 60_000;

export interface RelayGate {
  /** @throws {AppError} `stick/too-many` {waitS} */
  pass(carrierId: Id, nowMs: number): void;
}

/** Lets each workstation bring so many files a minute; kept in memory, since it only protects this process. */
export function relayGate(): RelayGate {
  const came = new Map<Id, number[]>();
  return {
    pass(carrierId, nowMs) {
      const recent = (came.get(carrierId) ?? []).filter(atMs => atMs > nowMs - WITHIN_MS && atMs <= nowMs);
      const first = recent[0];
      if (first !== undefined && recent.length >= MAX_FILES) throw new AppError('stick/too-many', { waitS: Math.ceil((first + WITHIN_MS - nowMs) / 1_000) });
      came.set(carrierId, [...recent, nowMs]);
    },
  };
}
