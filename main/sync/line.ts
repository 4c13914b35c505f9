import { createPrivateKey, sign } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { Scope } from '../../contract/org.ts';
import { isNonceOf, PROTOCOL_VERSION, speaksWithUs, UNSAID_PROTOCOL } from '../../contract/province.ts';
import type { StickKeys } from '../../contract/stick-file.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { called, createProvinceClient, type ProvinceClient } from './client.ts';
import { sampleOffset, type OffsetSample } from './engine.ts';
import type { CallContext, Transport } from './transport.ts';

export interface LineOptions {
  station: StationRecord; clock: Clock; transport: Transport;
  /** A token that the province has given already, with the enrolment. */
  token?: string | null;
  onOffset: (sample: OffsetSample) => void;
  /** Up to where the verdicts of this workstation's mutations are known. */
  ackedN?: () => number;
  /** The province has forgotten mutations that it had judged: it knows none after `lastN`. */
  onForgotten?: (lastN: number) => Promise<void>;
  /** The province's keys for stick files, told with each session. */
  onStickKeys?: ((keys: StickKeys) => void) | undefined;
  /** What each session says: what this workstation may see, and the province's protocol. */
  onSession?: (said: { scope: Scope; protocol: number }) => Promise<void>;
}

/** The line of this workstation to its province: transport, typed client and the device's short-lived token. */
export class ProvinceLine {
  readonly station: StationRecord;
  readonly transport: Transport;
  readonly client: ProvinceClient;
  readonly #options: LineOptions;
  #token: string | null = null;
  #opening: Promise<string> | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
    this.station = options.station;
    this.#token = options.token ?? null;
    this.transport = options.transport;
    this.client = createProvinceClient(options.station.address, this.transport);
  }

  /** The token, if a session is open. */
  get token(): string | null {
    return this.#token;
  }

  /**
   * Opens a session unless one is open; who asks while it is being opened waits for the same one.
   *
   * @throws {AppError} `link/wrong-province` before anything but the device's id was sent, `device/…`, `link/…`, `sync/too-old`, `sync/province-too-old`
   */
  async open(): Promise<string> {
    if (this.#token !== null) return this.#token;
    this.#opening ??= this.#openOnce().finally(() => { this.#opening = null; });
    return this.#opening;
  }

  /** The token is of no use any more: whoever is asked next shows first whose province it is. */
  forget(): this {
    this.#token = null;
    return this;
  }

  /** Runs a call with the token, and once more with a new one if it had run out. */
  async asDevice<T>(call: (context: CallContext) => Promise<T>): Promise<T> {
    const token = await this.open();
    try {
      return await called(call({ token }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'device/token-expired') throw error;
      if (this.#token === token) this.#token = null;
      return called(call({ token: await this.open() }));
    }
  }

  /**
   * Runs a call and takes the province's clock from its answer.
   *
   * @param isOurs whether the answer shows whose it is; another province's clock is not believed
   */
  async timed<T extends { nowMs: number }>(call: Promise<T>, isOurs: (answer: T) => boolean = () => true): Promise<T> {
    const sentAtMs = this.#options.clock.nowMs();
    const answer = await called(call);
    if (isOurs(answer)) this.#options.onOffset(sampleOffset(sentAtMs, this.#options.clock.nowMs(), answer.nowMs));
    return answer;
  }

  close(): void {
    this.#token = null;
    this.transport.close();
  }

  async #openOnce(): Promise<string> {
    const { deviceId, provinceId, privateKey } = this.station;
    const { nonce } = await this.#challenge();
    // A nonce of another province is not signed: the signature would say nothing to ours, and ours to nobody else.
    if (!isNonceOf(provinceId, nonce)) throw new AppError('link/wrong-province');
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    const signature = sign(null, Buffer.from(nonce, 'utf8'), key).toString('base64');
    const ackedN = this.#options.ackedN?.() ?? 0;
    const session = await this.timed(this.client.session.open({ deviceId, nonce, signature, protocol: PROTOCOL_VERSION }, { context: {} }));
    const protocol = session.protocol ?? UNSAID_PROTOCOL;
    if (!speaksWithUs(protocol)) throw new AppError('sync/province-too-old', { protocol });
    if (session.lastN < ackedN) await this.#options.onForgotten?.(session.lastN);
    if (session.stick) this.#options.onStickKeys?.(session.stick);
    await this.#options.onSession?.({ scope: session.scope, protocol });
    this.#token = session.token;
    return session.token;
  }

  async #challenge(): Promise<{ nonce: string }> {
    try {
      const { deviceId, provinceId } = this.station;
      return await this.timed(this.client.session.challenge({ deviceId }, { context: {} }), ({ nonce }) => isNonceOf(provinceId, nonce));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'device/unknown') throw error;
      // Another province does not know us either: tell the two apart, since the operator must act differently.
      const health = await called(this.client.health(undefined, { context: {} }));
      if (health.provinceId !== this.station.provinceId) throw new AppError('link/wrong-province', { province: health.provinceName });
      throw error;
    }
  }
}
