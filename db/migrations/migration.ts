import type { Database } from '../database.ts';

/** One numbered step. Frozen once released, and self-contained: it imports no store and no contract, and of the rest only how personal data is sealed. */
export interface Migration { version: number; name: string; up(db: Database): void }
