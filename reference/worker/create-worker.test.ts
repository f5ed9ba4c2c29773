import t, { type Test } from 'tap';
import { kitDialogue } from '../../testing/worker-dialogue.ts';
import { workerDeadlineMs } from '../../testing/worker-process.ts';
import { until } from '../faults/process-table.ts';

t.jobs = 2;
t.setTimeout(300_000);

const inSession = (sessionId: string) => ({ sessionId });

for (const dialect of ['jsonrpc', 'codex'] as const) {
  const start = (t: Test, options = {}) => kitDialogue(t, dialect, options);

  t.test(
    `${dialect}: what a handler prints goes to stderr, not between the frames (WRK-1)`,
    async (t) => {
      const { worker, ask, exit } = await start(t);
      t.match(await ask('print', { text: 'here' }), { result: { printed: true } });
      worker.stdin.end();
      t.match(await exit(), { code: 0 });
      t.ok(worker.stderr.includes('printed by console.log'));
      t.ok(worker.stderr.includes('printed by process.stdout here'));
    },
  );

  t.test(
    `${dialect}: each request has one response, with its id as it was spelled (WRK-2, WRK-10)`,
    async (t) => {
      const { worker } = await start(t);
      const before = worker.lines.length;
      const ids = [
        '0',
        '-1',
        '"1"',
        '""',
        '9007199254740991',
        '-9007199254740991',
        '"\\u00e9"',
        '"é"',
      ];
      const others = ['"a\\"b"', '"0"', `"${'x'.repeat(200)}"`, '7.0', '1e3', '9007199254740993'];
      for (const id of [...ids, ...others]) {
        worker.frames.write(`{"jsonrpc":"2.0","id":${id},"method":"ping"}\n{"method":"ping"}\n`);
      }
      worker.stdin.end();
      t.match(await worker.exit(), { code: 0 });
      const answered = worker.lines
        .slice(before)
        .map((line) => /"id":(.*?),"result"/.exec(line)?.[1]);
      t.same(answered, [...ids, ...others]);
    },
  );

  t.test(`${dialect}: the session is on everything that a request causes (WRK-3)`, async (t) => {
    const { worker, ask, send, notification, response, exit } = await start(t);
    t.equal((await ask('ping', {}, inSession('s1'))).sessionId, 's1');
    t.equal((await ask('throw', {}, inSession('s2'))).sessionId, 's2');
    t.equal((await ask('nowhere', {}, inSession('s3'))).sessionId, 's3');
    const counted = ask('count', { to: 2 }, inSession('é\u0000"'));
    t.equal((await notification('counted')).sessionId, 'é\u0000"');
    t.equal((await counted).sessionId, 'é\u0000"');
    send({ id: 'q', method: 'ask', params: {}, ...inSession('s4') });
    const question = await notification('question');
    t.equal(question.sessionId, 's4');
    send({ id: question.id, result: 'yes', ...inSession('s4') });
    t.match(await response('q'), { sessionId: 's4', result: { answer: 'yes' } });
    send({ method: 'tell', params: { n: 1 }, ...inSession('s5') });
    t.match(await notification('told'), { sessionId: 's5', params: { n: 1 } });
    t.notOk('sessionId' in (await ask('ping')));
    worker.stdin.end();
    await exit();
  });

  t.test(`${dialect}: nothing that it reads ends it (WRK-4)`, async (t) => {
    const { worker, ask, response, exit } = await start(t);
    const lines: [line: string, code: number, id: unknown][] = [
      ['{"id":1,', -32700, null],
      ['{"id":1,"method":"ping"} x', -32700, null],
      ['\u0000', -32700, null],
      ['42', -32600, null],
      ['[]', -32600, null],
      ['{"id":"a"}', -32600, 'a'],
      ['{"id":"b","method":7}', -32600, 'b'],
      ['{"id":true,"method":"ping"}', -32600, null],
      ['{"id":"c","method":"nowhere"}', -32601, 'c'],
      ['{"id":"d","method":"constructor"}', -32601, 'd'],
      ['{"id":"e","method":"__proto__"}', -32601, 'e'],
      ['{"id":"f","method":"echo","params":"text"}', -32602, 'f'],
      ['{"id":"g","method":"refuse","params":null}', -32602, 'g'],
      ['{"id":"h","method":"refuse"}', -32603, 'h'],
      ['{"id":"i","method":"ping","sessionId":7}', -32600, 'i'],
      [
        `{"id":"j","method":"nowhere","params":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
        -32601,
        'j',
      ],
      [
        `{"id":"k","method":"echo","params":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
        -32603,
        'k',
      ],
    ];
    for (const [line, code, id] of lines) {
      worker.frames.send(line);
      const answer = await response(id);
      t.match(answer.error, { code }, line.slice(0, 60));
    }
    worker.frames.send('', ' \t\r', '{"id":"nothing of ours","result":1}', '{"method":"fail"}');
    worker.frames.write(Buffer.from([0xff, 0xfe, 0x0a]));
    t.match((await response(null)).error, { code: -32700 });
    t.match(await ask('ping'), { result: { pong: true } });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  });

  t.test(
    `${dialect}: a handler that fails is answered for, and its secrets stay here`,
    async (t) => {
      const { worker, ask, exit } = await start(t);
      t.match((await ask('throw')).error, { code: -32603, message: /^(?!.*secret)/ });
      t.match((await ask('refuse', { code: -7, message: 'no', data: { why: 1 } })).error, {
        code: -7,
        message: 'no',
        data: { why: 1 },
      });
      t.match((await ask('library')).error, { code: -32602, message: 'from a library' });
      t.match((await ask('circular')).error, { code: -32603 });
      t.match((await ask('nonsense')).error, { code: -32603 });
      t.equal((await ask('nothing')).result, null);
      t.match(await ask('reject'), { result: { still: 'here' } });
      await until(
        'the faults are logged',
        () =>
          worker.stderr.filter((line) => line.includes('a fault that nobody caught')).length === 2,
        workerDeadlineMs,
      );
      t.match(await ask('ping'), { result: { pong: true } });
      worker.stdin.end();
      t.match(await exit(), { code: 0 });
      t.ok(worker.stderr.some((line) => line.includes('the secret of this worker')));
    },
  );

  t.test(`${dialect}: a slow and a failing session leave the others alone (WRK-5)`, async (t) => {
    const { worker, ask, send, notification, response, exit } = await start(t);
    send({ id: 'slow', method: 'hold', params: { key: 'k' }, ...inSession('slow') });
    await notification('holding');
    t.match((await ask('throw', {}, inSession('failing'))).error, { code: -32603 });
    t.match(await ask('ping', {}, inSession('quick')), { result: { pong: true } });
    send({ method: 'release', params: { key: 'k' } });
    t.match(await response('slow'), { result: { key: 'k' } });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  });

  t.test(
    `${dialect}: large frames, single bytes and a thousand at once are read (WRK-6)`,
    async (t) => {
      const { worker, ask, response, exit } = await start(t);
      const text = 'ü'.repeat(500_000);
      t.equal((await ask('echo', { text })).result?.text, text);
      const line = Buffer.from('{"id":"bytes","method":"echo","params":{"text":"über 🚌"}}\r\n');
      for (const byte of line) worker.stdin.write(Uint8Array.of(byte));
      t.equal((await response('bytes')).result?.text, 'über 🚌');
      const many = Array.from({ length: 1000 }, (_, n) => ({
        id: n,
        method: 'echo',
        params: { n },
      }));
      worker.frames.send(...many);
      for (const { id } of many) t.equal((await response(id)).result?.n, id);
      worker.stdin.end();
      t.match(await exit(), { code: 0 });
    },
  );

  t.test(`${dialect}: a request beyond the limit gets -32001, and may be sent again`, async (t) => {
    const { worker, ask, send, notification, response, exit } = await start(t, { maxPending: 2 });
    send({ id: 1, method: 'hold', params: { key: 'a' }, ...inSession('a') });
    send({ id: 2, method: 'ping', params: {}, ...inSession('a') });
    await notification('holding');
    t.match((await ask('ping', {}, inSession('b'))).error, { code: -32001 });
    send({ method: 'release', params: { key: 'a' } });
    t.match(await response(2), { result: { pong: true } });
    t.match(await ask('ping', {}, inSession('b')), { result: { pong: true } });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  });
}

t.test('requests of one session are done in order, and notifications overtake them', async (t) => {
  const { worker, send, notification, exit } = await kitDialogue(t, 'jsonrpc');
  send({ id: 1, method: 'hold', params: { key: 'a' }, sessionId: 's' });
  send(
    { id: 2, method: 'ping', sessionId: 's' },
    { method: 'tell', params: { n: 3 }, sessionId: 's' },
  );
  await notification('told');
  t.notOk(worker.lines.some((line) => line.includes('"id":2')));
  send({ method: 'release', params: { key: 'a' } });
  worker.stdin.end();
  t.match(await exit(), { code: 0 });
  const ids = worker.lines.map((line) => JSON.parse(line).id).filter((id) => id !== undefined);
  t.same(ids, [1, 2]);
});

t.test('with concurrency "request" the requests of a session overtake each other', async (t) => {
  const { worker, ask, send, notification, response, exit } = await kitDialogue(t, 'jsonrpc', {
    concurrency: 'request',
  });
  send({ id: 1, method: 'hold', params: { key: 'a' }, sessionId: 's' });
  await notification('holding');
  t.match(await ask('release', { key: 'a' }, { sessionId: 's' }), { result: { released: true } });
  t.match(await response(1), { result: { key: 'a' } });
  worker.stdin.end();
  t.match(await exit(), { code: 0 });
});

t.test(
  'a cancelled session: what runs sees its signal, what waits is answered, others go on',
  async (t) => {
    const { worker, ask, send, notification, response, exit } = await kitDialogue(t, 'jsonrpc');
    send({ id: 1, method: 'hold', params: { key: 'a' }, sessionId: 's' });
    send({ id: 2, method: 'ping', sessionId: 's' });
    send({ id: 3, method: 'hold', params: { key: 'b' }, sessionId: 'other' });
    await notification('holding');
    await notification('holding');
    send({ method: 'cancel', sessionId: 's' });
    const error = { code: -32800, message: 'the user wants it no more' };
    t.match((await response(1)).error, error);
    t.match((await response(2)).error, error);
    t.match(await ask('release', { key: 'b' }), { result: { released: true } });
    t.match(await response(3), { result: { key: 'b' } });
    worker.stdin.end();
    t.match(await exit(), { code: 0 });
  },
);

t.test('a question that is not answered with a result rejects with a typed error', async (t) => {
  const { worker, send, notification, response, exit } = await kitDialogue(t, 'jsonrpc');
  const asked = async (id: number, answer?: object, params = {}) => {
    send({ id, method: 'ask', params, sessionId: `s${id}` });
    const question = await notification('question');
    if (answer !== undefined) send({ id: question.id, sessionId: `s${id}`, ...answer });
    return (await response(id)).result;
  };
  const data = { source: 'bus', name: 'UNAVAILABLE', retryable: false, delivered: true };
  t.match(await asked(1, { error: { code: 5, message: 'declined', data: 1 } }), {
    name: 'CLIENT_ERROR',
    code: 5,
    source: 'client',
    message: 'declined',
    data: 1,
  });
  t.match(await asked(2, { error: { code: -32051, message: 'it left', data } }), {
    name: 'UNAVAILABLE',
    source: 'bus',
  });
  t.match(await asked(3, undefined, { timeoutMs: 20 }), { name: 'TIMEOUT', source: 'worker' });
  send({ id: 4, method: 'ask', params: {}, sessionId: 's4' });
  await notification('question');
  worker.stdin.end();
  t.match((await response(4)).result, { name: 'CLOSED', source: 'worker' });
  t.match(await exit(), { code: 0 });
});

t.test('codex: before the handshake and for a second one there are errors', async (t) => {
  const { worker, ask, send, exit } = await kitDialogue(t, 'codex');
  const again = { clientInfo: { name: 'x', version: '1' } };
  t.match((await ask('initialize', again)).error, { code: -32600, message: 'Already initialized' });
  t.match(await ask('ping'), { result: { pong: true } });
  send({ id: 7, method: 'count', params: { to: 1, threadId: 'thr-1' } });
  worker.stdin.end();
  await exit();
  t.match(JSON.parse(worker.lines.at(-2) ?? ''), {
    method: 'counted',
    params: { threadId: 'thr-1', n: 1 },
  });

  const shared = await kitDialogue(t, 'codex', { repeatsInitialize: true });
  t.match(await shared.ask('initialize', again, { sessionId: 's' }), {
    result: { userAgent: 'stdio-bus-kit' },
  });
  shared.worker.stdin.end();
  await shared.exit();
});
