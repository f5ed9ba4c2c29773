import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { createEnvelopeScanner, type EnvelopeKind } from './envelope-scanner.ts';
import { createLineSource } from './mutated-line.ts';
import { type ScanFault, scanFaults } from './scan-fault.ts';
import { expectedOutcome, outcomeOf } from './scan-oracle.ts';

const scanner = createEnvelopeScanner();

function scan(line: string | Buffer, by = scanner): EnvelopeKind {
  const bytes = Buffer.from(line);
  return by.scan(bytes, 0, bytes.length);
}

const frames: [line: string, kind: EnvelopeKind, idJson: string][] = [
  ['{"id":1,"method":"x"}', 'request', '1'],
  ['{"method":"x"}', 'notification', 'null'],
  ['{"id":1,"result":null}', 'response', '1'],
  ['{"id":"a","error":{}}', 'response', '"a"'],
  ['{"id":null,"error":{}}', 'response', 'null'],
  ['{"id":"","method":""}', 'request', '""'],
  ['\t {"id":1,"method":"x"} \r', 'request', '1'],
  ['{"id" : 1 ,"method" : "x"}', 'request', '1'],
  ['{"id":1,"method":"x","params":1,"jsonrpc":[]}', 'request', '1'],
  ['{"method":"x","params":{"id":1},"ID":2}', 'notification', 'null'],
  ['{"id":1,"method":"x","params":1,"params":2}', 'request', '1'],
  ['{"id":1,"result":1,"result":2}', 'response', '1'],
  ['', 'blank', 'null'],
  [' \t\r ', 'blank', 'null'],
];

t.test('a frame is a request, a notification or a response', async (t) => {
  for (const [line, kind, idJson] of frames) {
    t.equal(scan(line), kind, line);
    t.same([scanner.fault, scanner.faultOffset, scanner.errorCode], [null, -1, 0], line);
    t.equal(scanner.idJson(), idJson, line);
  }
});

/** One line for each fault of a whole JSON text, and lines where several meet: the first rule wins. */
const refused: [line: string, fault: ScanFault, offset: number, idJson: string][] = [
  ['[]', 'not-an-object', 0, 'null'],
  ['[{"id":1,"method":"x"}]', 'not-an-object', 0, 'null'],
  [' "a"', 'not-an-object', 1, 'null'],
  ['12', 'not-an-object', 0, 'null'],
  ['null', 'not-an-object', 0, 'null'],
  ['{"id":1,"method":"x","method":"x"}', 'member-twice', 21, '1'],
  ['{"id":1,"id":1,"method":"x"}', 'member-twice', 8, 'null'],
  ['{"id":1,"\\u0069d":2,"method":"x"}', 'member-twice', 8, 'null'],
  ['{"id":1,"pool":"p","pool":"p","id":2}', 'member-twice', 30, 'null'],
  ['{"id":1,"sessionId":1,"sessionId":2}', 'member-twice', 22, '1'],
  ['{"id":{},"method":1,"method":2}', 'member-twice', 20, 'null'],
  ['{"id":null,"method":"x"}', 'bad-id', 6, 'null'],
  ['{"id":true,"method":1}', 'bad-id', 6, 'null'],
  ['{"id": [],"method":"x"}', 'bad-id', 7, 'null'],
  ['{"id":{},"error":{}}', 'bad-id', 6, 'null'],
  ['{"id":null,"result":1}', 'bad-id', 6, 'null'],
  ['{"id":null,"method":"x","error":1}', 'bad-id', 6, 'null'],
  ['{"id":1,"method":null}', 'bad-method', 17, '1'],
  ['{"id":1,"method":1,"result":1}', 'bad-method', 17, '1'],
  ['{"method":{}}', 'bad-method', 10, 'null'],
  ['{"id":1,"method":"x","result":1}', 'method-and-outcome', 17, '1'],
  ['{"id":1,"method":"x","error":1,"pool":1}', 'method-and-outcome', 17, '1'],
  ['{}', 'no-method-no-outcome', 0, 'null'],
  ['{"id":1.0}', 'no-method-no-outcome', 0, '1.0'],
  ['{"id":1,"sessionId":""}', 'no-method-no-outcome', 0, '1'],
  ['{"id":1,"result":1,"error":1}', 'result-and-error', 27, '1'],
  ['{"id":null,"result":1,"error":1}', 'result-and-error', 30, 'null'],
  ['{"result":1}', 'response-without-id', 0, 'null'],
  ['{"error":{},"sessionId":1}', 'response-without-id', 0, 'null'],
  ['{"id":1,"method":"x","sessionId":1}', 'bad-session-id', 33, '1'],
  ['{"id":1,"method":"x","sessionId":null,"pool":1}', 'bad-session-id', 33, '1'],
  ['{"id":1,"method":"x","sessionId":""}', 'empty-session-id', 33, '1'],
  [`{"id":1,"method":"x","sessionId":"${'x'.repeat(257)}"}`, 'long-session-id', 33, '1'],
  ['{"id":1,"method":"x","pool":1}', 'bad-pool', 28, '1'],
  ['{"id":1,"method":"x","pool":""}', 'empty-pool', 28, '1'],
];

t.test('what is no frame has a fault, a place and an id to answer with', async (t) => {
  for (const [line, fault, faultOffset, idJson] of refused) {
    t.equal(scan(line), 'refused', line);
    t.same([scanner.fault, scanner.faultOffset, scanner.errorCode], [fault, faultOffset, -32600]);
    t.equal(scanner.idJson(), idJson, line);
    t.equal(scanner.idStart === -1, scanner.idEnd === -1);
  }
});

t.test('a line that is not JSON outranks every other fault, and has no id', async (t) => {
  for (const [line] of refused.filter(([line]) => line.startsWith('{'))) {
    t.equal(scan(`${line}}`), 'refused');
    t.same([scanner.errorCode, scanner.idJson()], [-32700, 'null'], line);
  }
});

t.test('every fault of a whole JSON text is in the tables above', async (t) => {
  const tested = new Set(refused.map(([, fault]) => fault));
  const listed = Object.entries(scanFaults).filter(([, { code }]) => code === -32600);
  t.same([...tested].sort(), listed.map(([fault]) => fault).sort());
});

t.test('an id keeps its spelling', async (t) => {
  const numbers = ['1', '1.0', '1e3', '-0', '1E+2', '9007199254740993', '0.1e-7', '7'.repeat(999)];
  const strings = ['""', '"1"', '"\\u00e9"', '"é"', '"\\""', '"\\ud800"', `"${'x'.repeat(999)}"`];
  for (const id of [...numbers, ...strings]) {
    const bytes = Buffer.from(`xx {"method":"x","id" :\t${id} ,"params":{"id":5}}`);
    t.equal(scanner.scan(bytes, 2, bytes.length), 'request', id);
    t.equal(bytes.toString('utf8', scanner.idStart, scanner.idEnd), id);
    t.equal(scanner.idJson(), id);
  }
});

t.test('members are found by their unescaped names and decoded to their values', async (t) => {
  const line =
    '{"\\u0069d":1,"m\\u0065thod":"a\\n\\u00e9","se\\u0073sionId":"\\ud83d\\ude80🚀","\\u0070ool":"é"}';
  t.equal(scan(line), 'request');
  t.same([scanner.method(), scanner.sessionId(), scanner.pool()], ['a\né', '🚀🚀', 'é']);
  t.equal(scan('{"id":1,"result":0,"sessionId":"\\ud800","methods":1}'), 'response');
  t.same([scanner.method(), scanner.sessionId(), scanner.pool()], [undefined, '\ud800', undefined]);
  t.equal(scan('{"method":"plain"}'), 'notification');
  t.same([scanner.method(), scanner.sessionId()], ['plain', undefined], 'nothing stays behind');
  t.equal(scan('{"pool":"a","methox":1,"method":"b","Result":1}'), 'notification');
  t.same([scanner.method(), scanner.pool()], ['b', 'a']);
});

const sessionIdLengths: [written: string, bytes: number][] = [
  ['x', 1],
  ['é', 2],
  ['日', 3],
  ['🚀', 4],
  ['\\n', 1],
  ['\\u0061', 1],
  ['\\u00e9', 2],
  ['\\u2028', 3],
  ['\\ud83d\\ude80', 4],
  ['\\ud800x', 4],
];

t.test('a session id of up to 256 bytes passes, however it is written', async (t) => {
  for (const [written, bytes] of sessionIdLengths) {
    const most = Math.floor(256 / bytes);
    for (const [count, padding] of [
      [most, 256 - most * bytes],
      [most - 1, bytes - 1],
      [most, 257 - most * bytes],
      [most + 1, 0],
      [most * 7, 0],
    ] as const) {
      const isLong = count * bytes + padding > 256;
      const sessionId = written.repeat(count) + 'x'.repeat(padding);
      t.equal(
        scan(`{"method":"x","sessionId":"${sessionId}"}`),
        isLong ? 'refused' : 'notification',
        `${count} times ${written} and ${padding} more`,
      );
      t.equal(scanner.fault, isLong ? 'long-session-id' : null);
    }
  }
});

t.test(
  'the member that routes can have any name, and sessionId is then no more than a member',
  async (t) => {
    for (const sessionIdField of ['thread', 'größe', '🚀', 'a"b', '', 'metho', 'x'.repeat(300)]) {
      const configured = createEnvelopeScanner({ sessionIdField });
      for (const name of [JSON.stringify(sessionIdField), escaped(sessionIdField)]) {
        t.equal(scan(`{"method":"x","sessionId":1,${name}:"s"}`, configured), 'notification', name);
        t.equal(configured.sessionId(), 's', name);
        t.equal(scan(`{"method":"x",${name}:1}`, configured), 'refused', name);
        t.equal(configured.fault, 'bad-session-id');
      }
    }
  },
);

t.test(
  'the member that routes cannot be one that the scanner reads for something else',
  async (t) => {
    for (const sessionIdField of ['id', 'method', 'pool', 'result', 'error']) {
      t.throws(() => createEnvelopeScanner({ sessionIdField }), RangeError);
    }
  },
);

t.test('one scanner serves many buffers in turn', async (t) => {
  const first = Buffer.from('{"id":1,"method":"a"}{"id":22,"method":"b"}');
  const second = Buffer.from('{"id":333,"method":"c"}');
  t.equal(scanner.scan(first, 0, 21), 'request');
  t.equal(scanner.scan(second, 0, second.length), 'request');
  t.same([scanner.idJson(), scanner.method()], ['333', 'c']);
  t.equal(scanner.scan(first, 21, first.length), 'request');
  t.same([scanner.idJson(), scanner.method()], ['22', 'b']);
});

t.test('the scanner agrees with JSON.parse on values of any shape', async () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (params, id) => {
      const line = Buffer.from(JSON.stringify({ params, method: 'x', id, sessionId: 's' }));
      assert.deepEqual(outcomeOf(scanner, scan(line)), expectedOutcome(line));
    }),
    { numRuns: 2000 },
  );
});

t.test('the scanner agrees with JSON.parse on 100 000 lines, most of them broken', async () => {
  const next = createLineSource(20_260_101);
  for (let count = 0; count < 100_000; count++) {
    const line = next();
    assert.deepEqual(outcomeOf(scanner, scan(line)), expectedOutcome(line), line.toString());
  }
});

function escaped(name: string): string {
  const units = Array.from({ length: name.length }, (_, index) => name.charCodeAt(index));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}
