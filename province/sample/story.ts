/** Sentences of one category: what happened, what else is known, how it ended. */
export interface Story { openings: readonly string[]; details: readonly string[]; results: readonly string[] }
