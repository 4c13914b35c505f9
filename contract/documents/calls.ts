import { z } from 'zod';
import { Empty, needs } from '../call-rights.ts';
import { HandoverDetail, HandoverDraft, HandoverLine, HandoverNews, HandoverTyped } from '../handovers.ts';
import { Id } from '../ids.ts';
import { RequestDetail, RequestList, RequestNews, RequestTyped } from '../requests.ts';
import { Turn } from '../turn.ts';
import { HANDOVER_LIMITS } from './handover.ts';
import { REQUEST_PAYLOADS } from './request.ts';

/** Whose signature it is: `login` null: of whoever is signed in. */
const HandoverSigner = z.strictObject({ id: Id, login: z.string().trim().min(1).max(40).nullable(), password: z.string().min(1).max(200) });

/** What screens can ask of handovers. */
export const HANDOVER_CALLS = {
  news: needs('handover.read').input(Empty).output(HandoverNews),
  list: needs('handover.read').input(z.strictObject({ start: z.number().int().min(0) })).output(z.object({ total: z.number().int(), lines: z.array(HandoverLine) })),
  get: needs('handover.read').input(z.strictObject({ id: Id })).output(HandoverDetail),
  draft: needs('handover.sign').input(Empty).output(HandoverDraft),
  saveDraft: needs('handover.sign').input(z.strictObject({ typed: HandoverTyped, turn: Turn.optional() })).output(z.object({ savedAtMs: z.number() })),
  /** Signs what `draft` has shown, by its digest. */
  give: needs('handover.sign').input(z.strictObject({ digest: z.string().length(64), password: z.string().min(1).max(200) })).output(HandoverDetail),
  /** Whoever takes over signs with their own name and password, also where somebody else is signed in. */
  take: needs('handover.read').input(HandoverSigner.extend({ digest: z.string().length(64), remark: z.string().max(HANDOVER_LIMITS.text), takesDesk: z.boolean() })).output(HandoverDetail),
  refuse: needs('handover.read').input(HandoverSigner.extend({ reason: z.string().trim().min(1).max(HANDOVER_LIMITS.text) })).output(HandoverDetail),
  withdraw: needs('handover.sign').input(z.strictObject({ id: Id, reason: z.string().max(HANDOVER_LIMITS.text) })).output(HandoverDetail),
  remark: needs('handover.sign').input(z.strictObject({ id: Id, text: z.string().trim().min(1).max(HANDOVER_LIMITS.text) })).output(HandoverDetail),
  markRead: needs('handover.read').input(z.strictObject({ id: Id })).output(Empty),
};

/** What screens can ask of requests of data subjects. */
export const REQUEST_CALLS = {
  news: needs('request.read').input(Empty).output(RequestNews),
  list: needs('request.read').input(z.strictObject({ ended: z.number().int().min(0) })).output(RequestList),
  get: needs('request.read').input(z.strictObject({ id: Id })).output(RequestDetail),
  draft: needs('request.handle').input(Empty).output(RequestTyped),
  saveDraft: needs('request.handle').input(z.strictObject({ typed: RequestTyped, turn: Turn.optional() })).output(z.object({ savedAtMs: z.number() })),
  receive: needs('request.handle').input(z.strictObject({ typed: RequestTyped })).output(RequestDetail),
  identify: needs('request.handle').input(REQUEST_PAYLOADS['request.identify']).output(RequestDetail),
  note: needs('request.handle').input(REQUEST_PAYLOADS['request.note']).output(RequestDetail),
  extend: needs('request.handle').input(REQUEST_PAYLOADS['request.extend']).output(RequestDetail),
  answer: needs('request.handle').input(REQUEST_PAYLOADS['request.answer']).output(RequestDetail),
  refuse: needs('request.handle').input(REQUEST_PAYLOADS['request.refuse']).output(RequestDetail),
};
