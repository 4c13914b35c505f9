import type { MessagePortMain, UtilityProcess } from 'electron';
import type { CoreChild } from '../supervisor.ts';

/**
 * A core in Electron's utility process, as the supervisor wants it. Electron's own `fork` is not used anywhere: the fuse
 * that it needs (RunAsNode) is off in the packed program.
 */
export function coreChild(process: UtilityProcess): CoreChild {
  return {
    get pid() { return process.pid; },
    post(message, handle) { process.postMessage(message, isPort(handle) ? [handle] : []); },
    onMessage(listener) { process.on('message', listener); },
    onExit(listener) { process.once('exit', code => { listener(`exit code ${code}`); }); },
    kill() { process.kill(); },
  };
}

function isPort(handle: unknown): handle is MessagePortMain {
  return typeof handle === 'object' && handle !== null && 'postMessage' in handle && 'close' in handle;
}
