import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { finished, root, startNode } from '../../testing/run-cli.ts';
import { wrapCommandLine, wrapDialogue } from '../../testing/worker-dialogue.ts';
import { build, workerDeadlineMs } from '../../testing/worker-process.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

interface Who {
  readonly pid: number;
  readonly client: string | null;
  readonly state: string;
  readonly count: number;
}

const who = (frame: { result?: unknown }) => frame.result as Who;

function folder(t: Test): string {
  const path = mkdtempSync(join(tmpdir(), 'wrap-'));
  t.teardown(() => rmSync(path, { recursive: true }));
  return path;
}

for (const [dialect, serverDialect] of [
  ['jsonrpc', 'jsonrpc'],
  ['codex', 'codex'],
  ['jsonrpc', 'codex'],
  ['codex', 'jsonrpc'],
] as const) {
  const pair = `${dialect} in front of ${serverDialect}`;
  const options = ['--server-dialect', serverDialect];
  const start = (t: Test) =>
    wrapDialogue(t, { dialect, options, ways: serverDialect === 'codex' ? ['codex'] : [] });

  t.test(
    `${pair}: each session has a server of its own, and its member on every frame`,
    async (t) => {
      const { worker, ask, send, notification, response, exit } = await start(t);
      const a = await ask('who', {}, { sessionId: 'a' });
      const b = await ask('who', {}, { sessionId: 'b' });
      const none = await ask('who', {});
      t.same([a.sessionId, b.sessionId, 'sessionId' in none], ['a', 'b', false]);
      t.equal(new Set([a, b, none].map((frame) => who(frame).pid)).size, 3);
      t.equal(who(await ask('who', {}, { sessionId: 'a' })).pid, who(a).pid);
      send({ id: 'tell', method: 'tell', params: { times: 2 }, sessionId: 'a' });
      t.match(await notification('told'), { sessionId: 'a', params: { n: 1 } });
      t.match(await notification('told'), { sessionId: 'a', params: { n: 2 } });
      t.match(await response('tell'), { sessionId: 'a' });
      t.match((await ask('nowhere', {}, { sessionId: 'b' })).error, { code: -32601 });
      const members = { sessionId: 'a', pool: 'p', agentId: 'x', _ext: {} };
      const names = (await ask('members', {}, members)).result as unknown as string[];
      t.same(names.sort(), [
        'id',
        ...(serverDialect === 'codex' ? [] : ['jsonrpc']),
        'method',
        'params',
      ]);
      worker.stdin.end();
      t.match(await exit(), { code: 0 });
      await until('nothing is left', () => worker.leftovers().length === 0, workerDeadlineMs);
      t.ok(worker.stderr.includes('[a] up'), 'stderr has the session before it');
    },
  );

  t.test(
    `${pair}: the questions of two servers with the same id get their own answers`,
    async (t) => {
      const { worker, send, notification, response, exit } = await start(t);
      send({ id: 1, method: 'ask', params: { of: 'a' }, sessionId: 'a' });
      send({ id: 2, method: 'ask', params: { of: 'b' }, sessionId: 'b' });
      const questions = [await notification('question'), await notification('question')];
      t.not(questions[0]?.id, questions[1]?.id);
      // In the other order, and one as a bus would refuse it: without the session.
      const a = questions.find(({ sessionId }) => sessionId === 'a');
      const b = questions.find(({ sessionId }) => sessionId === 'b');
      send({ id: b?.id, error: { code: -32051, message: 'gone' } });
      send({ id: a?.id, result: 'yes', sessionId: 'a' });
      t.match(await response(1), { sessionId: 'a', result: { result: 'yes' } });
      t.match(await response(2), { sessionId: 'b', result: { error: { code: -32051 } } });
      const resolved = [
        await notification('serverRequest/resolved'),
        await notification('serverRequest/resolved'),
      ];
      t.same(
        new Set(resolved.map(({ params }) => params?.requestId)),
        new Set([a?.id, b?.id]),
        'a notification names the request by the id that its client knows',
      );
      worker.stdin.end();
      t.match(await exit(), { code: 0 });
    },
  );
}

t.test('what passes through keeps its bytes, and ids their spelling', async (t) => {
  const { worker, ask, exit } = await wrapDialogue(t);
  await ask('who');
  const before = worker.lines.length;
  const ids = ['1.0', '1e3', '9007199254740993', '"\\u00e9"', '"é"', '-0'];
  for (const id of ids) worker.frames.write(`{"jsonrpc":"2.0","id":${id},"method":"who"}\n`);
  worker.frames.write('{"jsonrpc":"2.0","id":"spelled","method":"spell"}\nnot JSON\n');
  await worker.frames.response(null, workerDeadlineMs);
  worker.stdin.end();
  t.match(await exit(), { code: 0 });
  const answers = worker.lines.slice(before).map((line) => /"id":(.*?),"/.exec(line)?.[1]);
  t.same(new Set(answers), new Set([...ids, '"spelled"', 'null']));
});

t.test(
  "a server's death fails what is pending, and the next frame starts another that is told the handshake",
  async (t) => {
    const { worker, ask, send, notification, response, exit } = await wrapDialogue(t, {
      ways: ['strict'],
    });
    const session = { sessionId: 's' };
    t.match(await ask('initialize', { client: 'first' }, session), { result: { client: 'first' } });
    send({ method: 'notifications/initialized', ...session });
    const before = who(await ask('who', {}, session));
    send({ id: 'pending', method: 'never', ...session });
    await notification('never/begun');
    t.match((await ask('die', {}, session)).error, { code: -32000, data: { delivered: true } });
    t.match((await response('pending')).error, { code: -32000 });
    const after = who(await ask('who', {}, session));
    t.match(after, { client: 'first', state: 'ready', count: 1 });
    t.not(after.pid, before.pid);
    // Another client of the session, and another session without a handshake of its own.
    t.match(await ask('initialize', { client: 'later' }, session), { result: { client: 'first' } });
    send({ method: 'notifications/initialized', ...session });
    t.match(await ask('who', {}, { sessionId: 'other' }), {
      result: { client: 'first', state: 'ready' },
    });
    const own = { sessionId: 'own' };
    t.match(await ask('initialize', { client: 'own' }, own), { result: { client: 'own' } });
    send({ method: 'notifications/initialized', ...own });
    t.match(await ask('who', {}, own), { result: { client: 'own', state: 'ready' } });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  },
);

t.test('a given handshake is told to every server, once', async (t) => {
  const file = join(folder(t), 'hello.ndjson');
  writeFileSync(
    file,
    '{"id":1,"method":"initialize","params":{"client":"given"}}\n\n{"method":"initialized"}\n',
  );
  const { worker, ask, exit } = await wrapDialogue(t, {
    ways: ['strict'],
    options: ['--handshake', file],
  });
  t.match(await ask('who', {}, { sessionId: 'a' }), {
    result: { client: 'given', state: 'ready' },
  });
  t.match(await ask('initialize', { client: 'b' }, { sessionId: 'b' }), {
    result: { client: 'given' },
  });
  worker.stdin.end();
  t.match(await exit(), { code: 0 });
});

t.test(
  'output that is no frame reaches nobody, and an answer that is none is an error',
  async (t) => {
    const { worker, ask, exit } = await wrapDialogue(t);
    t.match(await ask('stray'), { result: 'strayed' });
    t.match((await ask('broken')).error, { code: -32603 });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  },
);

t.test('worker wrap says what is wrong, with an exit code of its own', async (t) => {
  const command = `${build.slice(root.length)}/cli.js`;
  for (const [args, code, text] of [
    [['wrap'], 64, 'say which command'],
    [['wrap', '--dialect', 'x', '--', 'true'], 64, 'jsonrpc or codex'],
    [['wrap', '--max-servers', '0', '--', 'true'], 64, '--max-servers'],
    [['wrap', '--', './nowhere'], 69, 'no such program'],
    [['wrap', '--handshake', '/nowhere', '--', 'true'], 66, '/nowhere'],
    [['unwrap'], 64, 'wrap'],
  ] as const) {
    const { code: seen, stderr, stdout } = await finished(startNode(command, 'worker', ...args));
    t.equal(seen, code, args.join(' '));
    t.match(stderr, text);
    t.equal(stdout, '');
  }
  const { stdout } = await finished(startNode(command, 'worker', 'wrap', '--help'));
  t.match(stdout, 'Exit codes');
});

t.test(
  'through the reference bus: sessions, questions, and a drain that leaves nothing',
  async (t) => {
    const log = join(folder(t), 'starts');
    const [command, ...args] = wrapCommandLine({ ways: ['strict'] });
    const config = { pools: [{ id: 'w', command, args, instances: 2, env: { PLAIN_LOG: log } }] };
    const bus = await startBus(t, { config });
    const client = await bus.connect();
    const ask = (method: string, sessionId: string, params = {}) =>
      client.request(method, params, { sessionId, deadlineMs: workerDeadlineMs });
    for (const sessionId of ['a', 'b', 'c', 'd']) {
      t.match(await ask('initialize', sessionId, { client: sessionId }), {
        result: { client: sessionId },
      });
      client.send({ jsonrpc: '2.0', method: 'initialized', sessionId });
      t.match(await ask('who', sessionId), { sessionId, result: { client: sessionId } });
    }
    const asked = ask('ask', 'a');
    const question = await client.take((frame) => frame.method === 'question', {
      deadlineMs: workerDeadlineMs,
    });
    client.send({ jsonrpc: '2.0', id: question.id, sessionId: 'a', result: 'yes' });
    t.match(await asked, { result: { result: 'yes' } });
    t.equal(readFileSync(log, 'utf8').trim().split('\n').length, 4);
    const slow = ask('slow', 'b', { ms: 300 });
    await client.take((frame) => frame.method === 'slow/begun', { deadlineMs: workerDeadlineMs });
    bus.signal('SIGTERM');
    t.match(await slow, { result: { slow: 300 } });
    t.match(await bus.exit(workerDeadlineMs), { code: 0 });
    await until('nothing is left', () => bus.leftovers().length === 0, workerDeadlineMs);
  },
);

t.test('an MCP server from the registry through the reference bus, in two sessions', async (t) => {
  const server = `${root}node_modules/@modelcontextprotocol/server-everything/dist/index.js`;
  const args = [`${build}/cli.js`, 'worker', 'wrap', '--', process.execPath, server, 'stdio'];
  const bus = await startBus(t, {
    config: { pools: [{ id: 'mcp', command: process.execPath, args }] },
  });
  const client = await bus.connect();
  const deadlineMs = 60_000;
  const params = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  };
  await Promise.all(
    ['one', 'two'].map(async (sessionId) => {
      const ask = (method: string, params: object) =>
        client.request(method, params, { sessionId, id: `${sessionId} ${method}`, deadlineMs });
      const { result } = await ask('initialize', params);
      t.match(result, { serverInfo: { name: 'mcp-servers/everything' } });
      client.send({ jsonrpc: '2.0', method: 'notifications/initialized', sessionId });
      const list = await ask('tools/list', {});
      const tools = list.result?.tools as { name: string }[] | undefined;
      t.ok(tools?.some(({ name }) => name === 'echo'));
      const echo = await ask('tools/call', {
        name: 'echo',
        arguments: { message: `from ${sessionId}` },
      });
      t.match(echo, {
        sessionId,
        result: { content: [{ type: 'text', text: `Echo: from ${sessionId}` }] },
      });
    }),
  );
  bus.signal('SIGTERM');
  t.match(await bus.exit(workerDeadlineMs), { code: 0 });
  await until('nothing is left', () => bus.leftovers().length === 0, workerDeadlineMs);
});
