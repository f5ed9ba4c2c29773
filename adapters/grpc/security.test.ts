import { readFileSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { BusRequestError } from '../../reference/client/bus-request-error.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { until } from '../../reference/faults/process-table.ts';
import { createAuthority, hasOpenssl } from '../../testing/certificates.ts';
import { fileIn, folderFor } from '../../testing/test-folder.ts';
import { AdapterSetupError } from '../core/listen-security.ts';
import { startAdapter } from './adapter-under-test.ts';
import { createGrpcAdapter } from './grpc-adapter.ts';

const aliceToken = 'alice-0123456789abcdef';
const bobToken = 'bob-0123456789abcdef';
const tokens = `# for the test\n${aliceToken} alice developer\n\n${bobToken} bob\n`;

const needsOpenssl = hasOpenssl() ? {} : { skip: 'openssl is not on the PATH' };

async function startWithTokens(t: Test) {
  const tokenFile = fileIn(folderFor(t), 'tokens.txt', tokens);
  const under = await startAdapter(t, { tokenFile });
  const alice = under.connect({ token: aliceToken });
  const bob = under.connect({ token: bobToken });
  return { ...under, alice, bob, tokenFile };
}

/** What a call failed with: the status of gRPC, since the JSON-RPC error is the same for several. */
async function failureOf(call: Promise<unknown>) {
  const error = (await call.then(
    () => undefined,
    (error: unknown) => error,
  )) as BusRequestError;
  return { name: error?.name, message: error?.message };
}

t.test('without a known token, nothing is answered', async (t) => {
  const { client, connect, alice } = await startWithTokens(t);
  t.ok(await alice.call('echo'));
  t.match(await failureOf(client.call('echo')), { message: 'a bearer token is needed' });
  for (const token of [aliceToken.slice(0, -1), `${aliceToken}x`, 'x'.repeat(5000)]) {
    const stranger = connect({ token });
    t.match(await failureOf(stranger.call('echo')), { message: 'the bearer token is not known' });
    await t.rejects(stranger.session().opened, { message: 'the bearer token is not known' });
    await t.rejects(stranger.watch('s').opened);
    await t.rejects(
      stranger.process.start({ sessionId: 's', processId: 'p', argv: ['x'], cwd: '/' }),
    );
  }
});

t.test('the worker learns who calls, from calls and from streams', async (t) => {
  const { alice } = await startWithTokens(t);
  const identity = { subjectId: 'alice', role: 'developer', assertedBy: 'grpc' };
  const { line } = (await alice.call('line')) as { line: string };
  t.same(JSON.parse(line)._ext, { identity });
  const session = alice.session();
  await session.send('{"id":1,"method":"line","_ext":{"audit":{"eventId":"e","action":"a"}}}');
  for await (const frame of session) {
    const sent = JSON.parse(JSON.parse(frame.toString()).result.line);
    t.same(sent._ext, { identity, audit: { eventId: 'e', action: 'a' } });
    break;
  }
});

t.test('an identity that the caller claims is refused', async (t) => {
  const { alice } = await startWithTokens(t);
  const frame = '{"id":1,"method":"echo","_ext":{"identity":{"subjectId":"bob"}}}';
  t.match(await failureOf(alice.callFrame(frame)), { name: 'INVALID_REQUEST' });
  const session = alice.session();
  await session.send(frame);
  for await (const answer of session) {
    t.match(JSON.parse(answer.toString()), { id: 1, error: { code: -32600 } });
    break;
  }
});

t.test("one caller cannot read or steer another's session", async (t) => {
  const { alice, bob } = await startWithTokens(t);
  await alice.call('mark', { n: 1 }, { sessionId: 's' });
  const refused = { message: 'this session is of another caller' };
  t.match(await failureOf(bob.call('marks', {}, { sessionId: 's' })), refused);
  t.match(await failureOf(bob.notify('mark', { n: 2 }, { sessionId: 's' })), refused);
  t.match(await failureOf(bob.callFrame('{"id":1,"method":"marks","sessionId":"s"}')), refused);
  await t.rejects(bob.watch('s').opened, refused);
  const at = { sessionId: 's', processId: 'p' };
  t.match(await failureOf(bob.process.terminate(at)), refused);
  await t.rejects(bob.process.events(at).opened, refused);
  const session = bob.session();
  await session.send(
    '{"id":1,"method":"mark","params":{"n":3},"sessionId":"s"}\n{"id":2,"method":"echo"}',
  );
  session.end();
  const answers: object[] = [];
  for await (const frame of session) answers.push(JSON.parse(frame.toString()));
  t.match(answers, [
    { id: 1, error: { code: -32600, ...refused } },
    { id: 2, result: {} },
  ]);
  t.match(await alice.call('marks', {}, { sessionId: 's' }), { marks: [1] });
});

t.test('tokens are read again when the file changes, and stay when it is wrong', async (t) => {
  const { alice, bob, connect, tokenFile } = await startWithTokens(t);
  t.ok(await alice.call('echo'));
  writeFileSync(tokenFile, `${bobToken} bob\ncarol-0123456789abcdef carol\n`);
  const carol = connect({ token: 'carol-0123456789abcdef' });
  const isTaken = () => carol.call('echo').catch(() => undefined);
  await until('the new token is known', isTaken, 15_000);
  t.match(await failureOf(alice.call('echo')), { message: 'the bearer token is not known' });
  writeFileSync(tokenFile, 'short bob\n');
  t.ok(await bob.call('echo'));
});

t.test('TLS is served, and a client that does not trust it is refused', needsOpenssl, async (t) => {
  const folder = folderFor(t);
  const authority = createAuthority(folder, 'authority');
  const server = authority.issue('server', 'IP:127.0.0.1,DNS:localhost');
  const { adapter, connect, client } = await startAdapter(t, {
    tlsCert: server.cert,
    tlsKey: server.key,
  });
  t.match(adapter.url, /^grpcs:/);
  const trusting = connect({ ca: readFileSync(authority.ca) });
  t.ok(await trusting.call('echo'));
  await t.rejects(client.call('echo', {}, { timeoutMs: 5000 }), 'the authority is not known');
});

t.test('mutual TLS: who calls is in the certificate', needsOpenssl, async (t) => {
  const folder = folderFor(t);
  const authority = createAuthority(folder, 'authority');
  const other = createAuthority(folder, 'other');
  const server = authority.issue('server', 'IP:127.0.0.1');
  const { connect } = await startAdapter(t, {
    tlsCert: server.cert,
    tlsKey: server.key,
    tlsCa: authority.ca,
  });
  const ca = readFileSync(authority.ca);
  const clientWith = (files: { cert: string; key: string }) =>
    connect({ ca, cert: readFileSync(files.cert), key: readFileSync(files.key) });
  const robot = clientWith(authority.issue('robot', 'DNS:x,URI:spiffe://example.org/robot'));
  const person = clientWith(authority.issue('person', ''));
  const { line } = (await robot.call('line', {}, { sessionId: 's' })) as { line: string };
  t.match(JSON.parse(line)._ext.identity, { subjectId: 'spiffe://example.org/robot' });
  const second = (await person.call('line')) as { line: string };
  t.match(JSON.parse(second.line)._ext.identity, { subjectId: 'person', assertedBy: 'grpc' });
  await t.rejects(person.call('echo', {}, { sessionId: 's' }), /another caller/);
  const stranger = clientWith(other.issue('stranger', ''));
  await t.rejects(stranger.call('echo', {}, { timeoutMs: 5000 }));
  await t.rejects(connect({ ca }).call('echo', {}, { timeoutMs: 5000 }));
});

t.test('plaintext is not served beyond this machine, unless it is allowed by name', async (t) => {
  const bus = probeConfig();
  await t.rejects(createGrpcAdapter({ bus, host: '0.0.0.0' }), AdapterSetupError);
  const adapter = await createGrpcAdapter({ bus, host: '0.0.0.0', isPlaintextAllowed: true });
  await adapter.destroy();
});

t.test('an authority without a certificate is refused at the start', needsOpenssl, async (t) => {
  const folder = folderFor(t);
  const { cert: tlsCert, key: tlsKey } = createAuthority(folder, 'ca').issue('server', '');
  const tlsCa = fileIn(folder, 'empty.pem', '');
  const started = createGrpcAdapter({ bus: probeConfig(), tlsCert, tlsKey, tlsCa });
  await t.rejects(started, { name: 'AdapterSetupError', message: /empty\.pem has no certificate/ });
});
