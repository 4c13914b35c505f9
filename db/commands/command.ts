import type { Work } from '../work.ts';
import type { WriterCommand, WriterCommands } from '../writer-api.ts';

/** Some of the writer's commands, by name. */
export type Commands<C extends WriterCommand> = { [K in C]: (work: Work, input: WriterCommands[K][0]) => WriterCommands[K][1] };
