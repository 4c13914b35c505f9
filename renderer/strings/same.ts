/** The shape of a topic with any words in it: a text that one language has and the other lacks fails to compile. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
