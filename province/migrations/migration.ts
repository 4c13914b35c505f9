/** One step of the province's schema: frozen once released, plain SQL. */
export interface Migration { version: number; name: string; sql: string }
