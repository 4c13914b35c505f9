import type { Database } from '../database.ts';

/** One numbered step. Frozen once released, and self-contained: it imports no store and no contract. */
export interface Migration { version: number; name: string; up(db: Database): void }
