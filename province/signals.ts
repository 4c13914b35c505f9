import { Signal, type LiveHub } from './live.ts';
import type { Database } from './sql.ts';
import { readHead } from './store.ts';

/**
 * Carries the signals of every server's commits to this server's consoles. After a while without hearing, everyone is asked
 * to look.
 *
 * @returns a function that ends it
 */
export async function followSignals(db: Database, hub: LiveHub, report: (what: string, error: unknown) => void): Promise<() => Promise<void>> {
  return db.listen('province', {
    heard(payload) {
      const signal = Signal.safeParse(JSON.parse(payload));
      if (signal.success) hub.publish(signal.data);
      else report('signal', signal.error);
    },
    missed() {
      readHead(db).then(head => { hub.publish({ seq: head.seq }); }, (error: unknown) => { report('signal', error); });
    },
  });
}
