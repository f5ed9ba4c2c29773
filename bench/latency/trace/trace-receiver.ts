import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A span as OTLP says it in JSON, as far as it is looked at. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface OtlpRequest {
  readonly resourceSpans?: readonly {
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[];
  }[];
}

/** A collector for OTLP over HTTP in JSON, on the loopback. */
export interface TraceReceiver {
  /** Where spans are sent to. */
  readonly url: string;
  /** The spans of each trace, by its id. */
  readonly traces: ReadonlyMap<string, readonly OtlpSpan[]>;
  close(): void;
}

const maxBodyBytes = 64 * 1024 * 1024;

/** `onBody` is given every request as it came. */
export async function startTraceReceiver(onBody: (json: string) => void): Promise<TraceReceiver> {
  const traces = new Map<string, OtlpSpan[]>();
  const server = createServer((request, response) => {
    void bodyOf(request).then(
      (json) => {
        for (const span of spansIn(JSON.parse(json))) {
          const known = traces.get(span.traceId);
          if (known === undefined) traces.set(span.traceId, [span]);
          else known.push(span);
        }
        onBody(json);
        response.setHeader('content-type', 'application/json').end('{}');
      },
      (error: Error) => response.writeHead(400).end(error.message),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    traces,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error('too many spans in one request');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
}

function spansIn({ resourceSpans = [] }: OtlpRequest): OtlpSpan[] {
  return resourceSpans.flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) => spans),
  );
}
