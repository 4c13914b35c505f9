import { Socket } from 'node:net';
import { ToCore, type FromCore } from './platform/core-messages.ts';
import type { WirePort } from './wire/serve.ts';

/** The process that started this one: a Node parent (`child_process.fork`) or Electron (`utilityProcess.fork`). */
export interface Parent {
  /** @param sent called once the message has left this process */
  post(message: FromCore, sent?: () => void): void;
  onMessage(listener: (message: ToCore, handle: Socket | WirePort | undefined) => void): void;
  onGone(listener: () => void): void;
}

/** What Electron puts on `process` in a utility process, as far as we use it. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: WirePort[] }) => void): void;
}

/** @throws {Error} when nobody started this process: a core has no window and no address of its own */
export function connectParent(): Parent {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) return utilityParent(port);
  if (process.send === undefined) throw new Error('a core process is started by a shell, never by hand');
  return forkParent();
}

function forkParent(): Parent {
  return {
    post(message, sent) {
      if (!process.connected) sent?.();
      else process.send?.(message, undefined, undefined, () => sent?.());
    },
    onMessage(listener) {
      process.on('message', (message, handle) => { listener(ToCore.parse(message), handle instanceof Socket ? handle : undefined); });
    },
    onGone(listener) {
      process.on('disconnect', listener);
    },
  };
}

/** Electron ends a utility process together with its parent, so `onGone` has nothing to hear. */
function utilityParent(port: ParentPort): Parent {
  return {
    post(message, sent) {
      port.postMessage(message);
      // The message travels on a thread of its own; an exit in the same turn could overtake it.
      if (sent !== undefined) setTimeout(sent, 50);
    },
    onMessage(listener) {
      port.on('message', event => { listener(ToCore.parse(event.data), event.ports[0]); });
    },
    onGone() {},
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
