import type { StickTaken } from '../../contract/stick-file.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { enrolled } from '../platform/enrolled.ts';
import { ProvinceLine } from './line.ts';
import { createTransport } from './transport.ts';

/** The province's answer to a file: for the workstation that wrote it, sealed like the file itself. */
export interface RelayedStick { answer: Uint8Array; name: string; taken: StickTaken }

/**
 * Hands stick files of other workstations to the province, each over a line of its own: a large one does not hold up this
 * workstation's own exchange. Asking again is harmless: what was judged gives its stored verdict.
 *
 * @returns a function that throws `AppError`: `stick/…` as the province judges the file, `link/…`, `device/…`
 */
export function stickRelay({ station, clock }: { station: () => StationRecord | null; clock: Clock }): (file: Uint8Array) => Promise<RelayedStick> {
  return async file => {
    const self = enrolled(station());
    const line = new ProvinceLine({ station: self, clock, transport: createTransport({ address: self.address }), onOffset: () => undefined });
    try {
      const { answer, name, taken } = await line.asDevice(context => line.client.stick.relay({ file: Buffer.from(file).toString('base64') }, { context }));
      return { answer: Buffer.from(answer, 'base64'), name, taken };
    } finally {
      line.close();
    }
  };
}
