import t, { type Test } from 'tap';
import { processConfig, startAdapter } from './adapter-under-test.ts';
import type { GrpcClient } from './connect-grpc.ts';
import type { ProcessEvent } from './messages.ts';

const at = { sessionId: 's', processId: 'p' };

async function eventsOf(client: GrpcClient, afterSeq = 0): Promise<ProcessEvent[]> {
  const events: ProcessEvent[] = [];
  for await (const event of client.process.events({ ...at, afterSeq })) events.push(event);
  return events;
}

function outputOf(events: readonly ProcessEvent[], stream: string): string {
  const chunks = events.flatMap(({ output }) => (output?.stream === stream ? output.chunk : []));
  return Buffer.concat(chunks).toString();
}

function checkOrder(t: Test, events: readonly ProcessEvent[], first = 1): void {
  t.same(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + first),
    'every number once and in order',
  );
  t.ok(events.at(-1)?.closed, 'closed is the last');
}

t.test('a process is started, and its events come once and in order', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig() });
  const events = client.process.events(at);
  await events.opened;
  const argv = ['sh', '-c', 'echo out; echo err >&2; exit 3'];
  t.match(await client.process.start({ ...at, argv, cwd: '/', env: { A: 'b' } }), {
    processId: 'p',
  });
  const seen: ProcessEvent[] = [];
  for await (const event of events) seen.push(event);
  checkOrder(t, seen);
  t.equal(outputOf(seen, 'stdout'), 'out\n');
  t.equal(outputOf(seen, 'stderr'), 'err\n');
  t.match(seen.find(({ exited }) => exited)?.exited, { exitCode: 3, sandboxDenied: false });
  t.match(await client.call('reads', {}, { sessionId: 's' }), { reads: 0 });
});

t.test('whoever comes later gets everything, from the number that he names', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig() });
  await client.process.start({ ...at, argv: ['sh', '-c', 'echo a'], cwd: '/' });
  checkOrder(t, await eventsOf(client));
  const again = await eventsOf(client);
  checkOrder(t, again);
  t.equal(outputOf(again, 'stdout'), 'a\n');
  checkOrder(t, await eventsOf(client, 1), 2);
});

t.test('what notifications have left out is read', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig('--lossy') });
  const events = client.process.events(at);
  await events.opened;
  const argv = ['sh', '-c', 'echo one; sleep 0.1; echo two >&2; exit 1'];
  await client.process.start({ ...at, argv, cwd: '/' });
  const seen: ProcessEvent[] = [];
  for await (const event of events) seen.push(event);
  checkOrder(t, seen);
  t.equal(outputOf(seen, 'stdout') + outputOf(seen, 'stderr'), 'one\ntwo\n');
  t.match(seen.find(({ exited }) => exited)?.exited, { exitCode: 1 });
});

t.test('an exit without a verdict costs exactly one read', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig('--silent-verdict') });
  const events = client.process.events(at);
  await events.opened;
  await client.process.start({ ...at, argv: ['true'], cwd: '/' });
  const seen: ProcessEvent[] = [];
  for await (const event of events) seen.push(event);
  checkOrder(t, seen);
  t.match(seen.find(({ exited }) => exited)?.exited, { sandboxDenied: true });
  t.match(await client.call('reads', {}, { sessionId: 's' }), { reads: 1 });
});

t.test('a slow reader of events loses none', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig() });
  const events = client.process.events(at)[Symbol.asyncIterator]();
  const first = events.next();
  const argv = [
    'sh',
    '-c',
    'for n in 1 2 3 4 5 6 7 8; do head -c 60000 /dev/zero; sleep 0.02; done',
  ];
  await client.process.start({ ...at, argv, cwd: '/' });
  const seen = [(await first).value as ProcessEvent];
  await client.process.read({ ...at, afterSeq: 0, waitMs: 0 });
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    seen.push(next.value);
  }
  checkOrder(t, seen);
  t.equal(outputOf(seen, 'stdout').length, 480_000);
});

t.test('a process is written to, read, signalled and terminated', async (t) => {
  const { client } = await startAdapter(t, { bus: processConfig() });
  await client.process.start({ ...at, argv: ['cat'], cwd: '/', pipeStdin: true });
  const bytes = Buffer.from([0, 255, 10]);
  t.match(await client.process.write({ ...at, chunk: bytes, writeId: 'w' }), {
    status: 'accepted',
  });
  const events = client.process.events(at)[Symbol.asyncIterator]();
  const { value } = await events.next();
  t.same((value as ProcessEvent).output?.chunk, bytes);
  const read = await client.process.read(at);
  t.match(read, { exited: false, closed: false, nextSeq: 2 });
  t.same(read.chunks[0]?.chunk, bytes);
  t.equal(read.exitCode, undefined);
  await client.process.signal({ ...at, signal: 'interrupt' });
  const second = await events.next();
  t.match(second.value, { exited: { exitCode: 130 } });
  t.match(await client.process.terminate(at), { running: false });
  await t.rejects(client.process.read({ ...at, processId: 'q' }), { code: -32600 });
  await t.rejects(client.process.read({ processId: 'p' }), {
    message: /needs|belongs to a session/,
  });
});
