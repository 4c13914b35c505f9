import { AppError } from '../../contract/errors.ts';

const HIDDEN = '[ẩn]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 4_000;

/** Keys whose value is a secret or tells about a person, whatever it holds. */
const SECRET = /password|passwd|secret|token|cookie|authorization|keyhex|privatekey|signature|nonce|^key$|^code$/i;
const PERSONAL = /phone|login|name$|reporter|victim|description|landmark|^place|^text$|note$|^reply$|^result$|^payload$|^original$|^fields$|^title$|^people$|^session$|^lat$|^lon$/i;

/** Phone numbers as they are written here: 0912 345 678, +84 912 345 678, 0271-3555-418. Grouped or not, 9 to 12 digits. */
const PHONE = /(?<![\w.-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\w-])/g;
const LONG_HEX = /\b[0-9a-f]{32,}\b/gi;

/** The text without phone numbers and without anything that looks like a key or token; at most 4,000 characters. */
export function redactText(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short.replace(LONG_HEX, HIDDEN).replace(PHONE, HIDDEN);
}

/**
 * A copy that may be written into the diary: secrets and personal data replaced, errors taken apart with stack and cause,
 * deep and long values cut off. Cycles end at the depth limit.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(item => redact(item, depth + 1));
  return Object.fromEntries(Object.entries(value).slice(0, MAX_ITEMS)
    .map(([key, item]) => [key, isHidden(key, item) ? HIDDEN : redact(item, depth + 1)]));
}

/** A number or a flag under a personal key is a measure of it (its length, whether it is there), and stays readable. */
function isHidden(key: string, item: unknown): boolean {
  if (item === null || item === undefined || typeof item === 'boolean') return false;
  return SECRET.test(key) && item !== '' ? !(key === 'code' && typeof item === 'string' && item.includes('/')) : PERSONAL.test(key);
}

function redactError(error: Error, depth: number): unknown {
  return {
    type: error.name,
    ...(error instanceof AppError ? { code: error.code, facts: redact(error.facts, depth + 1) } : {}),
    ...('code' in error && typeof error.code === 'string' ? { code: redactText(error.code) } : {}),
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
