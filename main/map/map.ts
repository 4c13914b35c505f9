import { join } from 'node:path';
import type { ConsoleOutputs, ConsoleParsedInputs } from '../../contract/console.ts';
import { NEIGHBOUR_SPAN_MS } from '../../contract/map.ts';
import type { Database } from '../../db/database.ts';
import { readNeighbours } from '../../db/stores/issue-places.ts';
import type { SignedInCall } from '../platform/call.ts';
import { PackShelf } from './pack-shelf.ts';

export interface MapDeps {
  reader: Database;
  /** The map pack lies in `map/` below it. */
  dataDir: string;
  correctedNowMs: () => number;
}

type Input<P extends keyof ConsoleParsedInputs['map']> = ConsoleParsedInputs['map'][P];
type Output<P extends keyof ConsoleOutputs['map']> = ConsoleOutputs['map'][P];

/** What a map shows: the pack of this workstation, piece by piece, and records of the last 24 hours in the caller's scope. */
export function createMap({ reader, dataDir, correctedNowMs }: MapDeps) {
  const shelf = new PackShelf(join(dataDir, 'map'));
  return {
    pack: async (_input: Input<'pack'>, _call: SignedInCall): Promise<Output<'pack'>> => shelf.look(),
    async read({ key, from, count }: Input<'read'>, _call: SignedInCall): Promise<Output<'read'>> {
      const { piece, bytes } = await shelf.read(key, from, count);
      return { base64: piece.toString('base64'), bytes };
    },
    neighbours: (input: Input<'neighbours'>, { session }: SignedInCall): Output<'neighbours'> =>
      readNeighbours(reader, { ...input, scope: session.scope, sinceMs: correctedNowMs() - NEIGHBOUR_SPAN_MS }),
  };
}
