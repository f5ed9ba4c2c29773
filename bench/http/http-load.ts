import autocannon from 'autocannon';
import type { HttpLoad, HttpSample } from '../../schemas/generated/http-report.ts';
import { reasonOf } from '../latency/client/dial.ts';
import { StartError } from '../latency/subject/started-process.ts';

const request = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'echo',
  params: { text: 'x'.repeat(100) },
});
const headers = { 'content-type': 'application/json' };
const answerTimeoutMs = 15_000;

/** Asks once. Rejects with a StartError where there is no answer, or another than a 2xx. */
export async function askOnce(url: string, token: string | undefined): Promise<void> {
  const signal = AbortSignal.timeout(answerTimeoutMs);
  const asked = fetch(url, { method: 'POST', body: request, headers: headersFor(token), signal });
  const response = await asked.catch((error: Error) => {
    const reason = reasonOf(error.cause ?? error);
    throw new StartError(`nobody answers at ${url}: ${reason}`, { cause: error });
  });
  const text = await response.text().catch(() => '');
  if (response.ok) return;
  const what = text.trim() === '' ? '' : `: ${text.trim().slice(0, 200)}`;
  throw new StartError(`${url} answers with HTTP ${response.status}${what}`);
}

function headersFor(token: string | undefined) {
  return token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
}

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
    headers: headersFor(token),
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
