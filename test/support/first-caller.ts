import { parentPort, workerData } from 'node:worker_threads';
import { clientOn, connect, type Visit } from './open-console.ts';

/**
 * A browser that calls over a new wire while neither the shell (which sleeps on `awake`) nor the core (stopped by a signal) gets a
 * turn; then the shell has one first. Tells the thread that made it whether it was answered.
 */
const { visit, corePid, awake } = workerData as { visit: Visit; corePid: number; awake: Int32Array };
const pause = (ms: number): Promise<void> => new Promise(resolve => { setTimeout(resolve, ms); });

const socket = await connect(visit);
process.kill(corePid, 'SIGSTOP');
const answer = clientOn(socket).station.state({});
await pause(100);
Atomics.store(awake, 0, 1);
Atomics.notify(awake, 0);
await pause(300);
process.kill(corePid, 'SIGCONT');
const said = await Promise.race([answer.then(() => 'answered'), pause(5_000).then(() => 'never answered')]);
socket.close();
parentPort?.postMessage(said);
