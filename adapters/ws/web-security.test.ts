import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import t, { type Test } from 'tap';
import { until } from '../../reference/faults/process-table.ts';
import { createAuthority, hasOpenssl } from '../../testing/certificates.ts';
import { fileIn, folderFor } from '../../testing/test-folder.ts';
import { rpc, startAdapter as startHttp } from '../http/adapter-under-test.ts';
import { openWebSocket, refusalAt, startAdapter } from './adapter-under-test.ts';
import { connectWebSocket } from './connect-web-socket.ts';
import { subprotocol, subprotocolsWithToken } from './subprotocol.ts';

const aliceToken = 'alice-0123456789abcdef';
const bobToken = 'bob-0123456789abcdefgh';

function tokenFile(t: Test): string {
  return fileIn(folderFor(t), 'tokens', `${aliceToken} alice admin\n${bobToken} bob\n`);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

t.test('WebSocket: a token is needed, in the header or as a subprotocol', async (t) => {
  const { url } = await startAdapter(t, { tokenFile: tokenFile(t) });
  const none = await refusalAt(url);
  t.match(none, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
    body: /a bearer token is needed/,
  });
  t.match(await refusalAt(url, { headers: bearer('wrong-0123456789abcdef') }), { status: 401 });
  const byHeader = await openWebSocket(t, url, { headers: bearer(aliceToken) });
  const { result } = await byHeader.ask('line', {}, { sessionId: 'a' });
  t.match(JSON.parse(String(result?.line)), {
    _ext: { identity: { subjectId: 'alice', role: 'admin', assertedBy: 'ws' } },
  });
  const offered = subprotocolsWithToken(bobToken);
  const bySubprotocol = await openWebSocket(t, url, { subprotocols: offered });
  t.equal(bySubprotocol.webSocket.protocol, subprotocol, 'the token is not said back');
  const { result: seen } = await bySubprotocol.ask('line');
  t.match(JSON.parse(String(seen?.line)), { _ext: { identity: { subjectId: 'bob' } } });
});

t.test('WebSocket: nobody enters the session of another, or claims to be another', async (t) => {
  const { url } = await startAdapter(t, { tokenFile: tokenFile(t) });
  const alice = await openWebSocket(t, url, { headers: bearer(aliceToken) });
  const bob = await openWebSocket(t, url, { headers: bearer(bobToken) });
  t.match(await alice.ask('echo', {}, { sessionId: 's' }), { result: {} });
  const refused = await bob.ask('echo', {}, { sessionId: 's' });
  t.match(refused.error, { code: -32600, message: /another caller/ });
  const claim = { _ext: { identity: { subjectId: 'alice', assertedBy: 'ws' } } };
  t.match(await bob.ask('echo', {}, claim), { error: { code: -32600 } });
  await alice.ask('notify', { session: 's' }, { sessionId: 's' });
  t.match(await bob.ask('echo', { n: 1 }), { result: { params: { n: 1 } } }, 'nothing of it came');
});

t.test('HTTP: the same, for calls, streams and events', async (t) => {
  const { url } = await startHttp(t, { tokenFile: tokenFile(t) });
  const none = await rpc(url, { id: 1, method: 'echo' });
  t.match(none, { status: 401, frame: { error: { message: /bearer token/ } } });
  t.equal(none.headers.get('www-authenticate'), 'Bearer');
  const mine = await rpc(url, { id: 1, method: 'line', sessionId: 's' }, bearer(aliceToken));
  t.match(JSON.parse(String(mine.frame.result?.line)), {
    _ext: { identity: { subjectId: 'alice', role: 'admin', assertedBy: 'http' } },
  });
  const denied = await rpc(url, { id: 1, method: 'echo', sessionId: 's' }, bearer(bobToken));
  t.match(denied, { status: 403, frame: { id: 1, error: { message: /another caller/ } } });
  const events = await fetch(`${url}/v1/sessions/s/events`, { headers: bearer(bobToken) });
  t.equal(events.status, 403);
  const streamed = await fetch(`${url}/v1/frames`, {
    method: 'POST',
    headers: bearer(bobToken),
    body: '{"id":5,"method":"echo","sessionId":"s"}\n{"id":6,"method":"echo"}\n',
  });
  const lines = (await streamed.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(
    lines.find(({ id }) => id === 5),
    { error: { message: /another caller/ } },
  );
  t.match(
    lines.find(({ id }) => id === 6),
    { result: {} },
  );
});

t.test('a token that is taken out of the file opens nothing any more', async (t) => {
  const file = tokenFile(t);
  const { url } = await startHttp(t, { tokenFile: file });
  const asBob = () => rpc(url, { id: 1, method: 'echo' }, bearer(bobToken));
  t.equal((await asBob()).status, 200);
  writeFileSync(file, `${aliceToken} alice\n`);
  await until('the file is read again', async () => (await asBob()).status === 401, 10_000);
});

t.test('pages may connect and call only where their origin is allowed', async (t) => {
  const allowedOrigins = ['https://app.example'];
  const { url } = await startAdapter(t, { allowedOrigins });
  t.match(await refusalAt(url, { origin: 'https://evil.example' }), { status: 403 });
  await openWebSocket(t, url, { origin: 'https://app.example' });
  const http = await startHttp(t, { allowedOrigins });
  const call = (headers: Record<string, string>) =>
    rpc(http.url, { id: 1, method: 'echo' }, headers);
  t.equal((await call({ origin: 'https://evil.example' })).status, 403);
  const allowed = await call({ origin: 'https://app.example' });
  t.equal(allowed.status, 200);
  t.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example');
  const preflight = await fetch(`${http.url}/v1/rpc`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
  });
  t.match(preflight.headers.get('access-control-allow-headers'), /x-session-id/);
});

t.test('a name that was made to point at this machine opens nothing', async (t) => {
  const { address } = await startHttp(t);
  const { request: plain } = await import('node:http');
  const status = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      plain(
        `http://${address}/v1/sessions/s/events`,
        { headers: { host }, agent: false },
        (got) => {
          got.destroy();
          resolve(got.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
  t.equal(await status('rebound.example'), 403);
  t.equal(await status('localhost:9400'), 200);
});

t.test('mutual TLS: the certificate says who it is', { skip: !hasOpenssl() }, async (t) => {
  const folder = folderFor(t);
  const authority = createAuthority(folder, 'authority');
  const server = authority.issue('server', 'IP:127.0.0.1,DNS:localhost');
  const carol = authority.issue('carol', 'URI:spiffe://example/carol');
  const tls = { tlsCert: server.cert, tlsKey: server.key, tlsCa: authority.ca };
  const ca = readFileSync(authority.ca);
  const own = { ca, cert: readFileSync(carol.cert), key: readFileSync(carol.key) };

  const ws = await startAdapter(t, tls);
  t.match(ws.url, /^wss:/);
  const client = await connectWebSocket(ws.url, own);
  t.teardown(() => client.destroy());
  const { line } = await client.request<{ line: string }>('line');
  t.match(JSON.parse(line), { _ext: { identity: { subjectId: 'spiffe://example/carol' } } });
  await t.rejects(connectWebSocket(ws.url, { ca, reconnect: false }), { name: 'NOT_CONNECTED' });
  await t.rejects(connectWebSocket(ws.url, { ...own, ca: own.cert }), { name: 'NOT_CONNECTED' });

  const http = await startHttp(t, tls);
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${http.url}/v1/rpc`, { method: 'POST', ...own, agent: false }, (got) => {
      got.resume();
      resolve(got.statusCode);
    });
    sent.on('error', reject).end('{"id":1,"method":"echo"}');
  });
  t.equal(status, 200);
});

t.test('plaintext beyond loopback has to be asked for by name', async (t) => {
  await t.rejects(startAdapter(t, { host: '0.0.0.0' }), /--insecure-plaintext/);
  await t.rejects(startHttp(t, { host: '0.0.0.0' }), /--insecure-plaintext/);
  await startAdapter(t, { host: '0.0.0.0', isPlaintextAllowed: true });
});
