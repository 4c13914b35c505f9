import { AppError, AppErrorData } from '../../contract/errors.ts';
import type { Random } from '../../province/sample/random.ts';
import { linkError, type CallContext, type DownloadOptions, type Transport } from '../../main/sync/transport.ts';
import type { Fault } from './faults.ts';
import { Gone, type Answer, type SimProvince, type Wire } from './province.ts';
import type { VirtualTime } from './time.ts';

/** What the way between one console and its province is like just now. */
export interface Weather {
  state: 'clear' | 'down' | 'portal' | 'silent' | 'wrong-province';
  /** Share of exchanges that are cut, and of pushes that arrive more than once. */
  cuts: number; repeats: number;
  /** Share of pages that lack rows. */
  gaps: number;
  latencyMs: number;
}

export interface LinkDeps {
  time: VirtualTime; random: Random; weather: Weather; note: (fault: Fault) => void;
  province: SimProvince;
  /** Another province, which may answer in the place of ours. */
  stranger: SimProvince;
}

/** The console's transport over a link that exists in memory only. Gives up after this long without an answer. */
const PATIENCE_MS = 20_000;

const cut = (): AppError => linkError({ code: 'ECONNRESET' });

/** A transport between one console and the simulated province, for as long as the console lives. */
export function createSimTransport(deps: LinkDeps, life: { over: boolean }): Transport {
  const { time, random, weather, note } = deps;
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const closed = { yes: false };

  /** Waits within the world; what is aborted, or belongs to a console that has ended, comes back as a cut. */
  const pass = async (ms: number, signal: AbortSignal | null): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      const aborted = (): void => { callOff(); reject(linkError(signal?.reason)); };
      const callOff = time.after(ms, () => { signal?.removeEventListener('abort', aborted); resolve(); });
      signal?.addEventListener('abort', aborted, { once: true });
    });
    if (closed.yes || life.over || signal?.aborted === true) throw cut();
  };

  const arrive = async (wire: Wire): Promise<Answer> => {
    const province = weather.state === 'wrong-province' ? deps.stranger : deps.province;
    if (weather.state === 'wrong-province') note('wrong-province');
    try {
      return await time.during(province.handle(wire));
    } catch (error) {
      if (error instanceof Gone) throw linkError({ code: 'ECONNREFUSED' });
      throw error;
    }
  };

  const refuseWeather = async (signal: AbortSignal | null): Promise<void> => {
    if (weather.state === 'down') throw linkError({ code: 'ENETUNREACH' });
    if (weather.state === 'portal') { note('captive-portal'); throw new AppError('link/foreign-answer', { status: 200, type: 'text/html' }); }
    if (weather.state !== 'silent') return;
    await pass(PATIENCE_MS, signal);
    note('long-silence');
    throw new AppError('link/too-slow');
  };

  const exchange = async (wire: Wire, signal: AbortSignal | null): Promise<Answer> => {
    await pass(weather.latencyMs, signal);
    await refuseWeather(signal);
    if (random.chance(weather.cuts / 2)) { note('cut-up'); throw cut(); }
    const answer = await arrive(wire);
    if (answer.status === 500) note('province-trouble');
    if (wire.path.endsWith('/push')) repeat(wire);
    const lost = random.chance(weather.cuts / 2);
    await pass(weather.latencyMs, signal);
    if (lost) { note('cut-down'); throw cut(); }
    return answer;
  };

  /** The network has kept a copy of the push, and delivers it: at once, or when nobody expects it any more. */
  const repeat = (wire: Wire): void => {
    if (!random.chance(weather.repeats)) return;
    const late = random.chance(0.5);
    time.after(late ? 1_000 * (1 + random.int(90)) : 0, () => {
      note(late ? 'push-late' : 'push-twice');
      void time.during(deps.province.handle(wire)).catch(() => undefined);
    });
  };

  const listen = async (wire: Wire, signal: AbortSignal): Promise<Response> => {
    await pass(weather.latencyMs, signal);
    await refuseWeather(signal);
    if (weather.state === 'wrong-province') throw new AppError('link/wrong-province');
    const source = await time.during(deps.province.listen(wire)).catch(() => { throw linkError({ code: 'ECONNREFUSED' }); });
    let own: ReadableStreamDefaultController<Uint8Array>;
    const end = (): void => { if (streams.delete(own)) { time.sign(); own.error(cut()); } };
    const body = new ReadableStream<Uint8Array>({ start: controller => { own = controller; streams.add(controller); } });
    source.on('data', (bytes: Buffer) => time.after(weather.latencyMs, () => { if (streams.has(own)) own.enqueue(bytes); }));
    source.on('end', end);
    source.on('error', end);
    signal.addEventListener('abort', end, { once: true });
    return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
  };

  async function fetch(request: Request, _init: unknown, { context }: { context: CallContext }): Promise<Response> {
    const startedMs = time.nowMs();
    const wire = await time.during(wireOf(request, context));
    if (wire.path.endsWith('/live')) return listen(wire, request.signal);
    const answer = await exchange(wire, request.signal);
    if (answer.status >= 500) throw new AppError('link/server-error', { status: answer.status });
    const body = withGaps(answer.body.toString('utf8'), wire.path);
    context.measured?.({ downBytes: answer.body.length, elapsedMs: time.nowMs() - startedMs });
    return new Response(body, { status: answer.status, headers: { 'content-type': 'application/json' } });
  }

  async function download(path: string, { token, fromByte, signal, onStart, onBytes }: DownloadOptions): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, ...(fromByte > 0 ? { range: `bytes=${fromByte}-` } : {}) };
    const answer = await exchange({ method: 'GET', path, headers, body: null }, signal);
    if (answer.status >= 400) {
      const told = AppErrorData.safeParse((JSON.parse(answer.body.toString('utf8')) as { data?: unknown }).data);
      throw told.success ? new AppError(told.data.code, told.data.facts) : new AppError('link/server-error', { status: answer.status });
    }
    onStart(answer.status === 206 ? fromByte : 0);
    const body = damaged(answer.body);
    const short = random.chance(weather.cuts) ? random.int(body.length + 1) : body.length;
    onBytes(body.subarray(0, short));
    time.sign();
    if (short < body.length) { note('cut-chunk'); throw cut(); }
  }

  /** A page of which some rows have been lost on the way, and nothing else. */
  const withGaps = (text: string, path: string): string => {
    if (!path.includes('/sync/pull') || !random.chance(weather.gaps)) return text;
    const page = JSON.parse(text) as { rows?: unknown[] };
    const left = page.rows?.filter(() => random.chance(0.5));
    if (left === undefined || left.length === page.rows?.length) return text;
    note('listing-cut');
    return JSON.stringify({ ...page, rows: left });
  };

  const damaged = (bytes: Buffer): Buffer => {
    if (bytes.length === 0 || !random.chance(weather.cuts)) return bytes;
    note('corrupt-chunk');
    const changed = Buffer.from(bytes);
    const at = random.int(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8));
    return changed;
  };

  return {
    fetch, download, exchange: () => Promise.reject(cut()), bytes: () => ({ up: 0, down: 0 }),
    close: () => { closed.yes = true; for (const stream of streams) { streams.delete(stream); stream.error(cut()); } },
  };
}

async function wireOf(request: Request, { body }: CallContext): Promise<Wire> {
  const url = new URL(request.url);
  const headers: Record<string, string> = {};
  for (const name of ['authorization', 'content-type']) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  if (body !== undefined) headers['content-type'] = body.type;
  const bytes = body !== undefined ? body.bytes : request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { method: request.method as Wire['method'], path: `${url.pathname}${url.search}`, headers, body: bytes };
}
