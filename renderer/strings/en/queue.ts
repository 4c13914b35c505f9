import type { Same } from '../same.ts';
import type { queue as vi } from '../vi/queue.ts';

export const queue: Same<typeof vi> = {
  title: 'Queue',
};
