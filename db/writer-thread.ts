import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { closeWriter, openDatabase } from './open.ts';
import { createRunner, type Runner } from './runner.ts';
import type { WriterCommands } from './writer-api.ts';
import { toWire, type FromWriter, type ToWriter, type WriterData } from './writer-messages.ts';

/** Entry of the writer's thread: one connection, one command after the other, a message after each commit. */
function serve(port: MessagePort, { file, keyHex }: WriterData): void {
  const post = (message: FromWriter): void => port.postMessage(message);
  try {
    const db = openDatabase({ file, keyHex, role: 'writer' });
    const runner = createRunner(db);
    port.on('message', (message: ToWriter) => {
      if ('call' in message) {
        runOne(runner, message, post);
        return;
      }
      closeWriter(db, file);
      port.close();
    });
    post({ ready: true });
  } catch (error) {
    post({ startFailed: toWire(error) });
  }
}

function runOne(runner: Runner, { call, command, input }: Extract<ToWriter, { call: number }>, post: (message: FromWriter) => void): void {
  try {
    const ran = runner.run(command, input as WriterCommands[typeof command][0]);
    if (ran.change !== null) post({ change: ran.change });
    post({ call, output: ran.output });
    doUpkeep(ran.upkeep, post);
  } catch (error) {
    post({ call, error: toWire(error) });
  }
}

/** Trouble with upkeep is reported, but is not the caller's: the command has been carried out. */
function doUpkeep(upkeep: () => void, post: (message: FromWriter) => void): void {
  try {
    upkeep();
  } catch (error) {
    post({ upkeepFailed: toWire(error) });
  }
}

if (parentPort !== null) serve(parentPort, workerData as WriterData);
