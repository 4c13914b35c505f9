import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { consoleContract } from '../contract/console.ts';
import { refuseTooLarge } from './input-size.ts';
import { LAST_LINK, LastRoom } from './last-words.ts';
import { ShellWatch, type ShellAnswer } from './shell-watch.ts';

export type ConsoleClient = ContractRouterClient<typeof consoleContract>;

/** `starting`: first connection; `open`; `lost`: was open, is being opened again; `stopped`: the program that served the page is gone; `foreign`: it runs anew, under an address that this page does not have. */
export type WireState = 'starting' | 'open' | 'lost' | 'stopped' | 'foreign';

type AnyLink = SocketLink<Record<never, never>> | PortLink<Record<never, never>>;

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 1_000;
const SHELL_ANSWER_MS = 5_000;
/** Every page asks something as soon as it can; the core says at least that it has heard. */
const FIRST_ANSWER_MS = 5_000;

/**
 * The one way to the core: a WebSocket on the page's own origin, or in Electron the port that the preload hands over.
 * Opens itself again after a crash of the core, and where nothing comes back over it; calls made meanwhile wait for it.
 */
export class Wire {
  readonly client: ConsoleClient;
  #link: AnyLink | undefined;
  #state: WireState = 'starting';
  #failures = 0;
  #leaving = false;
  #roomForLast = new LastRoom();
  #shell = new ShellWatch();
  #listeners = new Set<() => void>();
  #waiting = new Set<(link: AnyLink) => void>();

  constructor() {
    this.client = createORPCClient(new DynamicLink((_options, path, input) => {
      refuseTooLarge(input);
      return this.#leaving && this.#roomForLast.take(path, input) ? LAST_LINK : this.#ready();
    }));
  }

  /** Starts connecting; call once. */
  open(): void {
    if ('iocPort' in window) this.#listenForPort();
    else this.#openSocket();
  }

  /** The page goes: what is called from now on must outlive it. Messages on a port do so by themselves. */
  leave(): void {
    this.#leaving = !('iocPort' in window);
    this.#roomForLast.open();
  }

  /** It was kept, and is shown again. */
  stay(): void {
    this.#leaving = false;
  }

  get state(): WireState {
    return this.#state;
  }

  /** Calls back after each change of state; gives the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  #ready(): AnyLink | Promise<AnyLink> {
    if (this.#link !== undefined) return this.#link;
    return new Promise(resolve => { this.#waiting.add(resolve); });
  }

  #openSocket(): void {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/wire`);
    socket.addEventListener('open', () => {
      const isSilent = setTimeout(() => { socket.close(); }, FIRST_ANSWER_MS);
      for (const sign of ['message', 'close']) socket.addEventListener(sign, () => { clearTimeout(isSilent); }, { once: true });
      this.#opened(new SocketLink({ websocket: socket }));
    });
    socket.addEventListener('close', () => {
      this.#lost();
      void this.#askShell();
      const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LAST_DELAY_MS);
      this.#failures += 1;
      setTimeout(() => { this.#openSocket(); }, delayMs);
    });
  }

  /** While the core is away: is there still the program that starts it again? */
  async #askShell(): Promise<void> {
    const answer: ShellAnswer = await fetch('/status', { cache: 'no-store', signal: AbortSignal.timeout(SHELL_ANSWER_MS) })
      .then(response => (response.status === 403 ? 'foreign' : 'here'), (error: unknown) => (error instanceof DOMException ? 'silent' : 'refused'));
    if (this.#link !== undefined) return;
    const fate = this.#shell.hear(answer, performance.now());
    if (fate !== 'here') this.#become(fate);
    else if (this.#state === 'stopped' || this.#state === 'foreign') this.#become('lost');
  }

  /** The preload posts a port when asked, and a new one each time the core has been restarted. */
  #listenForPort(): void {
    window.addEventListener('message', event => {
      const data: unknown = event.data;
      const port = event.ports[0];
      if (event.source !== window || port === undefined || typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'ioc-port') return;
      const link = new PortLink({ port });
      port.addEventListener('close', () => {
        if (this.#link !== link) return;
        this.#lost();
        setTimeout(() => { this.#askForPort(); }, LAST_DELAY_MS);
      });
      port.start();
      this.#opened(link);
    });
    this.#askForPort();
  }

  #askForPort(): void {
    if (this.#link !== undefined) return;
    window.postMessage({ type: 'ioc-port-wanted' }, location.origin);
    setTimeout(() => { this.#askForPort(); }, LAST_DELAY_MS);
  }

  #opened(link: AnyLink): void {
    this.#link = link;
    this.#failures = 0;
    this.#shell.forget();
    for (const resolve of this.#waiting) resolve(link);
    this.#waiting.clear();
    this.#become('open');
  }

  #lost(): void {
    this.#link = undefined;
    if (this.#state === 'open') this.#become('lost');
  }

  #become(state: WireState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const wire = new Wire();
export const client = wire.client;
