import t, { type Test } from 'tap';
import { agentFrame } from './agent-frame.ts';
import { createEnvelopeScanner } from './envelope-scanner.ts';
import type { ScanFault } from './scan-fault.ts';

const scanner = createEnvelopeScanner();

/** Bytes that would change the outcome if the scanner looked at them: more digits, ends of all. */
const surroundings = ['', '"', '}', '0123', '\\', 'e', '\u0000\u0000\u0000\u0000', 'ÿÿÿ', '\n  '];

/** Scans the line alone and inside longer buffers, where it begins at every alignment. */
function scanEverywhere(t: Test, line: Buffer) {
  const kind = scanner.scan(line, 0, line.length);
  const { fault, faultOffset, errorCode } = scanner;
  for (const [margin, around] of surroundings.entries()) {
    const filler = Buffer.from(around.padEnd(margin, ' '), 'latin1');
    const bytes = Buffer.concat([filler, line, filler]);
    const again = scanner.scan(bytes, filler.length, filler.length + line.length);
    const found = [again, scanner.fault, scanner.faultOffset];
    if (String(found) !== String([kind, fault, faultOffset]))
      t.fail(`between ${printable(around)}`, { found });
  }
  return { kind, fault, faultOffset, errorCode };
}

/** A text as the name of an assertion: line separators of any kind would break the report. */
function printable(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/gu,
    (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
  );
}

const good: string[] = [
  ...['0', '-0', '1', '-1', '10', '1.5', '1e3', '1E+2', '1e-2', '0.1e-7', '0e0', '-0.0E-0'],
  ...['9007199254740993', '1'.repeat(500), `0.${'0'.repeat(500)}1`, '1e99999'],
  ...['true', 'false', 'null', '""', '"a"', '"abc"', '"abcd"', '"abcde"', '"12345678"'],
  ...['"\\""', '"\\\\"', '"\\/"', '"\\b\\f\\n\\r\\t"', '"\\u0000"', '"\\uD83D\\ude80"'],
  ...['"\\ud800"', '"\\udfff\\ud800"', '"\\uAbCd"', '"\\\\\\""', '"\u007f"', '"\u2028\u2029"'],
  ...['"é"', '"߿"', '"ࠀ"', '"퟿"', '"\ue000"', '"\uffff"', '"𐀀"', '"\u{10ffff}"', '"aé日🚀z"'],
  ...['[]', '[ ]', '[1]', '[1,2]', '[[]]', '[[],[]]', '[{}]', '[{},[]]', '[ 1 , 2 ]', '[\t1\r\n]'],
  ...['{}', '{ }', '{"":1}', '{"a":{}}', '{"a":[]}', '{"a":1,"a":2}', '{ "a" : 1 , "b" : 2 }'],
  ...['{"a":{"b":{"c":[{"d":[]}]}}}', '[[[[[[[[[[]]]]]]]]]]', '{"\\u0061":"\\n"}', '{"é":"é"}'],
];

t.test('every JSON text is JSON, at every alignment, whatever surrounds it', async (t) => {
  for (const text of good) {
    for (const spaced of [text, `  ${text}\r`, `\t${text}\n `]) {
      const { kind, errorCode } = scanEverywhere(t, Buffer.from(`{"params":${spaced}}`));
      t.same([kind, errorCode], ['refused', -32600], printable(spaced));
    }
    const { fault, errorCode } = scanEverywhere(t, Buffer.from(text));
    const expected = text.startsWith('{') ? 'no-method-no-outcome' : 'not-an-object';
    t.same([fault, errorCode], [expected, -32600], printable(text));
  }
});

const bad: [line: string, fault: ScanFault, offset: number][] = [
  ['{', 'unexpected-end', 1],
  ['[', 'unexpected-end', 1],
  ['[1', 'unexpected-end', 2],
  ['[1,', 'unexpected-end', 3],
  ['{"a"', 'unexpected-end', 4],
  ['{"a":', 'unexpected-end', 5],
  ['{"a":1', 'unexpected-end', 6],
  ['{"a":1,', 'unexpected-end', 7],
  ['"a', 'unexpected-end', 2],
  ['"a\\', 'unexpected-end', 3],
  ['"\\u00', 'unexpected-end', 5],
  ['tru', 'unexpected-end', 3],
  ['f', 'unexpected-end', 1],
  ['-', 'unexpected-end', 1],
  ['1.', 'unexpected-end', 2],
  ['1e', 'unexpected-end', 2],
  ['1e+', 'unexpected-end', 3],
  ['{}{}', 'trailing-bytes', 2],
  ['{} x', 'trailing-bytes', 3],
  ['{},', 'trailing-bytes', 2],
  ['1 2', 'trailing-bytes', 2],
  ['nullx', 'trailing-bytes', 4],
  [']', 'expected-value', 0],
  ['[,1]', 'expected-value', 1],
  ['[1,]', 'expected-value', 3],
  ['[1,,2]', 'expected-value', 3],
  ['{"a":}', 'expected-value', 5],
  ['+1', 'expected-value', 0],
  ['.5', 'expected-value', 0],
  ['NaN', 'expected-value', 0],
  ["'a'", 'expected-value', 0],
  ['\u0000', 'expected-value', 0],
  ['\f{}', 'expected-value', 0],
  ['{}\u0000', 'trailing-bytes', 2],
  ['\u00a0{}', 'expected-value', 0],
  ['{a:1}', 'expected-member-name', 1],
  ['{1:1}', 'expected-member-name', 1],
  ['{,}', 'expected-member-name', 1],
  ['{"a":1,}', 'expected-member-name', 7],
  ['[{"a":1,}]', 'expected-member-name', 8],
  ['[{1:1}]', 'expected-member-name', 2],
  ['{"a" 1}', 'expected-colon', 5],
  ['[{"a","b"}]', 'expected-colon', 5],
  ['{"a":1 "b":2}', 'expected-comma-or-brace', 7],
  ['{"a":1]', 'expected-comma-or-brace', 6],
  ['[{"a":1]]', 'expected-comma-or-brace', 7],
  ['[1 2]', 'expected-comma-or-bracket', 3],
  ['[1}', 'expected-comma-or-bracket', 2],
  ['[0x1]', 'expected-comma-or-bracket', 2],
  ['[1.0.0]', 'expected-comma-or-bracket', 4],
  ['trux', 'unknown-literal', 0],
  ['[talse]', 'unknown-literal', 1],
  ['[nalse]', 'unknown-literal', 1],
  ['[frue]', 'unknown-literal', 1],
  ['[ftrue]', 'unknown-literal', 1],
  ['[fnull]', 'unknown-literal', 1],
  ['[TRUE]', 'expected-value', 1],
  ['[-]', 'expected-digit', 2],
  ['[-a]', 'expected-digit', 2],
  ['[1.]', 'expected-digit', 3],
  ['[1.e1]', 'expected-digit', 3],
  ['[1e]', 'expected-digit', 3],
  ['[1e+]', 'expected-digit', 4],
  ['[--1]', 'expected-digit', 2],
  ['[01]', 'leading-zero', 1],
  ['[-00]', 'leading-zero', 2],
  ['["a\tb"]', 'control-character', 3],
  ['["\n"]', 'control-character', 2],
  ['["\u0000"]', 'control-character', 2],
  ['["abcdefgh\u001f"]', 'control-character', 10],
  ['["\\x"]', 'unknown-escape', 3],
  ['["\\\u0000"]', 'unknown-escape', 3],
  ['["\\U0041"]', 'unknown-escape', 3],
  ['["\\u12g4"]', 'expected-hex-digit', 6],
  ['["\\u"]', 'expected-hex-digit', 4],
  ['["\\u123é"]', 'expected-hex-digit', 7],
  ['\ufeff{}', 'byte-order-mark', 0],
  ['{"a":\ufeff1}', 'expected-value', 5],
];

t.test('every fault in a text has its name and its place', async (t) => {
  for (const [line, fault, faultOffset] of bad) {
    const found = scanEverywhere(t, Buffer.from(line));
    t.same(found, { kind: 'refused', fault, faultOffset, errorCode: -32700 }, printable(line));
    t.equal(scanner.idJson(), 'null');
  }
});

const notUtf8: [name: string, bytes: number[]][] = [
  ['a continuation byte alone', [0x80]],
  ['a continuation byte after a sequence', [0xc3, 0xa9, 0xa9]],
  ['a lead byte alone', [0xc3]],
  ['a lead byte before ASCII', [0xc3, 0x41]],
  ['two of three bytes', [0xe6, 0x97]],
  ['three of four bytes', [0xf0, 0x9f, 0x9a]],
  ['an overlong slash in two bytes', [0xc0, 0xaf]],
  ['the highest overlong of two bytes', [0xc1, 0xbf]],
  ['the highest overlong of three bytes', [0xe0, 0x9f, 0xbf]],
  ['the highest overlong of four bytes', [0xf0, 0x8f, 0xbf, 0xbf]],
  ['the lowest surrogate', [0xed, 0xa0, 0x80]],
  ['the highest surrogate', [0xed, 0xbf, 0xbf]],
  ['the first code point beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['the first lead byte beyond U+10FFFF', [0xf5, 0x80, 0x80, 0x80]],
  ['a five-byte lead', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['0xFE', [0xfe]],
  ['0xFF', [0xff]],
];

t.test('bytes that are not UTF-8 are refused in values, in names and between them', async (t) => {
  for (const [name, bytes] of notUtf8) {
    for (const prefix of ['', 'a', 'abc', 'abcdefg', '🚀']) {
      for (const [before, after] of [
        ['["', '"]'],
        ['{"', '":1}'],
        ['{"id":1,"x":{"', '":1}}'],
      ]) {
        const head = Buffer.from(`${before}${prefix}`);
        const line = Buffer.concat([head, Buffer.from(bytes), Buffer.from(after as string)]);
        const { fault, faultOffset, errorCode } = scanEverywhere(t, line);
        t.same([fault, errorCode], ['invalid-utf8', -32700], name);
        t.ok(faultOffset >= head.length && faultOffset < head.length + bytes.length, name);
      }
    }
    t.equal(scanEverywhere(t, Buffer.from(bytes)).errorCode, -32700, `${name} alone`);
  }
});

t.test('every proper prefix of a frame is refused', async (t) => {
  const frames = [0, 1, 2, 3].map((seed) => agentFrame(700, seed));
  for (const frame of [...frames, Buffer.from('{"id":-1.5e+3,"error":{"é\\u00e9":[true]}}')]) {
    t.not(scanner.scan(frame, 0, frame.length), 'refused');
    for (let end = 1; end < frame.length; end++) {
      const cut = Buffer.from(frame.subarray(0, end));
      t.equal(scanner.scan(cut, 0, end), 'refused');
      t.equal(scanner.scan(frame, 0, end), 'refused', 'in place, with the rest after it');
      t.equal(scanner.errorCode, -32700);
    }
  }
});

t.test('depth is no limit, and deep lines are not slow', async (t) => {
  const startedMs = performance.now();
  for (const depth of [63, 64, 65, 100_000, 1_000_000]) {
    const arrays = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    t.equal(scanned(`{"method":"x","params":${arrays}}`), 'notification', `${depth} arrays`);
    const objects = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    t.equal(scanned(`{"method":"x","params":${objects}}`), 'notification', `${depth} objects`);
    t.equal(scanned('['.repeat(depth)), 'refused');
    t.equal(scanner.fault, 'unexpected-end');
    t.equal(scanned(`${'['.repeat(depth)}}`), 'refused');
    t.equal(scanner.faultOffset, depth);
    const mixed = `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth - 1)}]}`;
    t.equal(scanned(mixed), 'refused');
    t.equal(scanner.fault, 'expected-comma-or-brace', 'brackets close in the order they opened');
  }
  t.ok(performance.now() - startedMs < 5000);
});

function scanned(text: string) {
  const line = Buffer.from(text);
  return scanner.scan(line, 0, line.length);
}
