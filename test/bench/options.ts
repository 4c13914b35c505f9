/** What a bench is told; `note` writes to the error output, so that the standard output holds figures only. */
export interface BenchOptions { rows: number; runs: number | null; instances: string; consoles: number; seconds: number; minutes: number; note(text: string): void }
