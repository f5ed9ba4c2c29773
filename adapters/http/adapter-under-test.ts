import { type IncomingMessage, request } from 'node:http';
import type { Test } from 'tap';
import { within } from '../../reference/faults/frame-connection.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { createHttpAdapter, type HttpAdapter, type HttpAdapterOptions } from './http-adapter.ts';

export interface Frame {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string; data?: { name?: string } };
}

/** A response, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly frame: Frame;
}

/** Starts an adapter in this process, by default in front of a bus with one probe worker. */
export async function startAdapter(
  t: Test,
  options: Partial<HttpAdapterOptions> = {},
): Promise<HttpAdapter> {
  const adapter = await createHttpAdapter({ bus: probeConfig(), ...options });
  t.teardown(() => adapter.destroy());
  return adapter;
}

/** POST /v1/rpc with a frame as it stands, or an object. */
export async function rpc(
  url: string,
  frame: string | Buffer | object,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const isBytes = typeof frame === 'string' || Buffer.isBuffer(frame);
  const body = isBytes ? frame : JSON.stringify(frame);
  const response = await fetch(`${url}/v1/rpc`, { method: 'POST', body: body as string, headers });
  const text = await response.text();
  const { status } = response;
  return { status, headers: response.headers, text, frame: text === '' ? {} : JSON.parse(text) };
}

/** Texts that a response gives one after another, cut by a separator. */
export interface TextStream {
  readonly response: IncomingMessage;
  /** The next one; undefined at the end. */
  next(): Promise<string | undefined>;
}

/** An exchange that lasts: its request and the parts of its response. */
export async function openStream(
  t: Test,
  url: string,
  options: { method: string; headers?: Record<string, string>; separator: string },
) {
  const { method, headers = {}, separator } = options;
  const sent = request(url, { method, headers, agent: false });
  t.teardown(() => sent.destroy());
  sent.on('error', () => {});
  if (method === 'GET') sent.end();
  else sent.flushHeaders();
  const response = await within(
    new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve);
      sent.once('error', reject);
    }),
    `a response of ${url}`,
    10_000,
  );
  return { sent, ...textStream(response, separator) };
}

function textStream(response: IncomingMessage, separator: string): TextStream {
  let rest = '';
  const parts: string[] = [];
  let hasEnded = false;
  let wake = () => {};
  response.setEncoding('utf8').on('data', (text: string) => {
    const all = (rest + text).split(separator);
    rest = all.pop() as string;
    parts.push(...all);
    wake();
  });
  const end = () => {
    hasEnded = true;
    wake();
  };
  response.once('end', end);
  response.on('error', end);
  response.once('close', end);
  return {
    response,
    async next() {
      while (parts.length === 0 && !hasEnded) {
        await within(new Promise<void>((resolve) => (wake = resolve)), 'more text', 10_000);
      }
      return parts.shift();
    },
  };
}

/** An event of a text/event-stream. */
export interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Opens the events of a session; resolves once nothing is missed any more. */
export async function openEvents(
  t: Test,
  url: string,
  { session, ...headers }: { session: string; [header: string]: string },
) {
  const path = `${url}/v1/sessions/${encodeURIComponent(session)}/events`;
  const stream = await openStream(t, path, { method: 'GET', headers, separator: '\n\n' });
  await stream.next();
  return {
    ...stream,
    async nextEvent(): Promise<ServerEvent | undefined> {
      for (;;) {
        const text = await stream.next();
        if (text === undefined) return undefined;
        if (text.startsWith(':') || text === '') continue;
        const member = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
        return {
          id: member('id'),
          event: member('event') ?? 'message',
          data: member('data') ?? '',
        };
      }
    },
  };
}
