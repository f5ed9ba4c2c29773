import fc from 'fast-check';
import t from 'tap';
import { createFrameGuard, type FrameAdditions } from './frame-guard.ts';
import { SessionOwners } from './session-owners.ts';

const alice = { key: 'token:alice', identity: { subjectId: 'alice', assertedBy: 'grpc' } };
const bob = { key: 'token:bob', identity: { subjectId: 'bob', assertedBy: 'grpc' } };

function setUp({ maxSessions = 10, idleMs = 0, maxFrameBytes = 10_000 } = {}) {
  const clock = { nowMs: () => time.nowMs, after: () => () => {} };
  const time = { nowMs: 0 };
  const owners = new SessionOwners({ maxSessions, idleMs, clock });
  const guard = createFrameGuard({ sessionIdField: 'sessionId', maxFrameBytes, owners });
  const check = (frame: string, caller?: typeof alice, additions?: FrameAdditions) => {
    const bytes = Buffer.from(frame);
    const result = guard.check(bytes, { start: 0, end: bytes.length }, caller, additions);
    return { ...result, line: 'line' in result ? result.line.toString() : '' };
  };
  return { check, owners, time };
}

function nameOf(result: object): string | undefined {
  return (result as { failure?: { name: string } }).failure?.name;
}

t.test('a frame of nobody in particular passes byte for byte', async (t) => {
  const { check } = setUp();
  const frame = '{ "id" : 1e3,"method":"m\\u0061", "_ext":{"identity":{"subjectId":"x"}},"n":1.0 }';
  t.equal(check(frame).line, `${frame}\n`);
});

t.test('an LF between the tokens does not end the line', async (t) => {
  const { check } = setUp();
  const inner = '{"method":"smuggled"}';
  t.equal(
    check(`{"method":"m","params":\n${inner}\n}`).line,
    `{"method":"m","params": ${inner} }\n`,
  );
});

t.test('a caller is put into _ext.identity, and no other byte changes', async (t) => {
  const { check } = setUp();
  const identity = '"identity":{"subjectId":"alice","assertedBy":"grpc"}';
  for (const [frame, expected] of [
    ['{"method":"m","n":1.0}', `{"_ext":{${identity}},"method":"m","n":1.0}`],
    ['{"method":"m","_ext":{}}', `{"method":"m","_ext":{${identity}}}`],
    ['{"method":"m","_ext": { "a":1.0}}', `{"method":"m","_ext": {${identity}, "a":1.0}}`],
    ['{"method":"m","\\u005fext":{"a":1}}', `{"method":"m","\\u005fext":{${identity},"a":1}}`],
  ] as const) {
    t.equal(check(frame, alice).line, `${expected}\n`);
  }
});

t.test('an identity that the caller claims is refused, however it is spelled', async (t) => {
  const { check } = setUp();
  for (const ext of [
    '"_ext":{"identity":{"subjectId":"bob"}}',
    '"_ext":{"\\u0069dentity":null}',
    '"\\u005fext":{"a":1,"identity":{}}',
    '"_ext":{},"_ext":{"identity":{"subjectId":"bob"}}',
    '"_ext":[]',
    '"_ext":"identity"',
  ]) {
    t.equal(nameOf(check(`{"id":1,"method":"m",${ext}}`, alice)), 'INVALID_REQUEST', ext);
  }
});

t.test('a session is of the caller that opened it', async (t) => {
  const { check } = setUp();
  const frame = (rest: string) => `{"sessionId":"s",${rest}}`;
  t.equal(check(frame('"id":1,"method":"m"'), alice).kind, 'request');
  for (const rest of ['"id":1,"method":"m"', '"method":"m"', '"id":1,"result":{}']) {
    t.equal(nameOf(check(frame(rest), bob)), 'PERMISSION_DENIED', rest);
    t.equal(nameOf(check(frame(rest), alice)), undefined, rest);
  }
  t.equal(nameOf(check('{"\\u0073essionId":"\\u0073","method":"m"}', bob)), 'PERMISSION_DENIED');
});

t.test(
  'where too many sessions are known, new ones are refused and none is given away',
  async (t) => {
    const { check } = setUp({ maxSessions: 2 });
    const frame = (sessionId: string) => `{"sessionId":"${sessionId}","method":"m"}`;
    for (const sessionId of ['a', 'b'])
      t.equal(check(frame(sessionId), alice).kind, 'notification');
    t.equal(nameOf(check(frame('c'), bob)), 'OVERLOADED');
    t.equal(nameOf(check(frame('a'), bob)), 'PERMISSION_DENIED');
    t.equal(check(frame('a'), alice).kind, 'notification');
  },
);

t.test('what the bus has forgotten, it forgets later; what it has used, it keeps', async (t) => {
  const { check, owners, time } = setUp({ maxSessions: 2, idleMs: 1000 });
  for (const sessionId of ['a', 'b']) check(`{"sessionId":"${sessionId}","method":"m"}`, alice);
  time.nowMs = 1500;
  owners.touch('b');
  time.nowMs = 2500;
  t.equal(nameOf(check('{"sessionId":"b","method":"m"}', bob)), 'PERMISSION_DENIED');
  t.equal(nameOf(check('{"sessionId":"a","method":"m"}', bob)), undefined);
});

t.test('a session or pool is added where the frame has none, and has to be the same', async (t) => {
  const { check } = setUp();
  const additions = { sessionId: 's', pool: 'p' };
  const { line } = check('{"method":"m"}', undefined, additions);
  t.equal(line, '{"sessionId":"s","pool":"p","method":"m"}\n');
  t.equal(check(line, undefined, additions).line, `${line.slice(0, -1)} \n`);
  t.equal(nameOf(check('{"method":"m","pool":"q"}', undefined, additions)), 'INVALID_REQUEST');
  t.equal(nameOf(check('{"method":"m","sessionId":"t"}', undefined, additions)), 'INVALID_REQUEST');
});

t.test('a trace is added; one that the frame has is only replaced by a span', async (t) => {
  const { check } = setUp();
  const trace = { traceparent: 'from-metadata' };
  t.equal(
    check('{"method":"m"}', undefined, { trace }).line,
    '{"_ext":{"trace":{"traceparent":"from-metadata"}},"method":"m"}\n',
  );
  const own = '{"method":"m","_ext":{"trace":{"traceparent":"own","tracestate":"a=b"}}}';
  t.equal(check(own, undefined, { trace }).line, `${own}\n`);
  const traceparent = 'span';
  t.equal(
    check(own, undefined, { trace, traceparent }).line,
    `${own.replace('"own"', '"span"')}\n`,
  );
});

t.test('an id is replaced by another, and comes back as it was spelled', async (t) => {
  const { check } = setUp();
  t.match(check('{"id": 1e3 ,"method":"m"}', undefined, { idJson: '7' }), {
    line: '{"id": 7 ,"method":"m"}\n',
    idJson: '1e3',
  });
  t.equal(check('{"method":"m"}', undefined, { idJson: '7' }).line, '{"id":7,"method":"m"}\n');
});

t.test('a frame is refused that is too long, or is once the caller is added', async (t) => {
  const { check } = setUp({ maxFrameBytes: 40 });
  t.equal(nameOf(check(`{"method":"${'m'.repeat(40)}"}`)), 'FRAME_TOO_LARGE');
  t.equal(nameOf(check('{"method":"m"}', alice)), 'FRAME_TOO_LARGE');
  t.equal(check('{"method":"m"}').kind, 'notification');
});

t.test('whatever is added to any frame, the rest of it means the same', async (t) => {
  const { check } = setUp({ maxSessions: 100_000, maxFrameBytes: 1_000_000 });
  const members = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(members, fc.option(members), (rest, ext) => {
      const { identity: _, ...safeExt } = ext ?? {};
      const { id: _id, result: _r, error: _e, pool: _p, sessionId: _s, ...free } = rest;
      const frame = { ...free, ...(ext === null ? {} : { _ext: safeExt }), id: 'x', method: 'm' };
      const additions = { sessionId: 's', idJson: '7' };
      const { line } = check(JSON.stringify(frame), alice, additions);
      const after = JSON.parse(line);
      t.same(after, {
        ...frame,
        id: 7,
        sessionId: 's',
        _ext: { ...(ext === null ? {} : safeExt), identity: alice.identity },
      });
    }),
    { numRuns: 200 },
  );
});
