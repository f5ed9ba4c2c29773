import autocannon from 'autocannon';

/** How a server is asked. */
export interface HttpLoad {
  readonly connections: number;
  /** Requests that a connection sends before the answer to the first. */
  readonly pipelining: number;
}

/** What one run of one load on one server gave. */
export interface HttpSample {
  readonly requestsPerSecond: number;
  /** Milliseconds, whole ones: autocannon's. */
  readonly p50Ms: number;
  readonly p97_5Ms: number;
  readonly p99Ms: number;
  /** Cut connections, timeouts and statuses other than 2xx. */
  readonly errors: number;
  /** Of a core, used by the load generator: near 1 the figures are its own. */
  readonly generatorShare: number;
}

const request = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'echo',
  params: { text: 'x'.repeat(100) },
});
const headers = { 'content-type': 'application/json' };

/** Runs a load for so many seconds. Rejects where the server cannot be asked at all. */
export async function runHttpLoad(
  url: string,
  { connections, pipelining }: HttpLoad,
  { seconds, token }: { readonly seconds: number; readonly token: string | undefined },
): Promise<HttpSample> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const result = await autocannon({
    url,
    connections,
    pipelining,
    duration: seconds,
    method: 'POST',
    body: request,
    headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
  });
  const { user, system } = process.cpuUsage(before);
  return {
    requestsPerSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p97_5Ms: result.latency.p97_5,
    p99Ms: result.latency.p99,
    errors: result.errors + result.non2xx,
    generatorShare: (user + system) / 1000 / (performance.now() - startedMs),
  };
}
