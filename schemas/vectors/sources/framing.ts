import {
  byteByByte,
  bytes,
  cutAt,
  digestOf,
  type ExpectedFrame,
  joined,
  raw,
  repeated,
} from './byte-vector.ts';
import type { Topic } from './topic.ts';

const echoText = '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"t":"hi"},"sessionId":"s1"}';
const echo: ExpectedFrame = {
  line: 1,
  kind: 'request',
  idJson: '1',
  method: 'echo',
  sessionId: 's1',
  text: echoText,
};

const oneText = '{"id":1,"method":"one"}';
const twoText = '{"id":2,"method":"two"}';
const threeText = '{"id":3,"method":"three"}';
const one: ExpectedFrame = { line: 1, kind: 'request', idJson: '1', method: 'one', text: oneText };
const two: ExpectedFrame = { line: 2, kind: 'request', idJson: '2', method: 'two', text: twoText };
const three: ExpectedFrame = {
  line: 3,
  kind: 'request',
  idJson: '3',
  method: 'three',
  text: threeText,
};

/** A request in these reads, as it is when they are put together again. */
function wholeAgain(
  vector: { id: string; description: string; chunks: readonly (string | Buffer)[] },
  envelope: { idJson: string; method: string; sessionId?: string; text: string },
) {
  return bytes({ ...vector, frames: [{ line: 1, kind: 'request', ...envelope }], errors: [] });
}

const bigPieces = [
  '{"id":"big","method":"store","params":{"blob":"',
  ...Array.from({ length: 15 }, () => repeated('abcd', 16_384)),
  '"}}',
];

export const framing: Topic = {
  title: 'How bytes are cut into reads does not matter',
  vectors: [
    bytes({
      id: 'FRM-3/one-read',
      description: 'A frame in one read is one frame',
      chunks: [`${echoText}\n`],
      frames: [echo],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/byte-by-byte',
      description: 'A frame in reads of one byte is the same frame',
      chunks: byteByByte(`${echoText}\n`),
      frames: [echo],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/growing-reads',
      description: 'Reads of 1, 2, 3 … bytes make no difference',
      chunks: cutAt(`${echoText}\n`, 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66),
      frames: [echo],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/cut-after-first-byte',
      description: 'The opening brace may come alone',
      chunks: ['{', `${echoText.slice(1)}\n`],
      frames: [echo],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/lf-alone',
      description: 'The LF may come alone',
      chunks: [echoText, '\n'],
      frames: [echo],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/lf-with-next-frame',
      description: 'The LF may come in one read with the next frame',
      chunks: [oneText, `\n${twoText}`, '\n'],
      frames: [one, two],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/coalesced',
      description: 'One read may hold several frames',
      chunks: [`${oneText}\n${twoText}\n${threeText}\n`],
      frames: [one, two, three],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/read-ends-with-frame',
      description: 'A read may end exactly where a frame ends',
      chunks: [`${oneText}\n`, `${twoText}\n`, `${threeText}\n`],
      frames: [one, two, three],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/frame-and-a-half',
      description: 'A read may hold one frame and half of the next',
      chunks: [`${oneText}\n{"id":2,"me`, `thod":"two"}\n${threeText}`, '\n'],
      frames: [one, two, three],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/thousand-coalesced',
      description: 'One read may hold a thousand frames',
      chunks: [repeated('{"method":"tick"}\n', 1000)],
      frames: Array.from({ length: 1000 }, (_, index) => ({
        line: index + 1,
        kind: 'notification',
        method: 'tick',
        text: '{"method":"tick"}',
      })),
      errors: [],
    }),
    bytes({
      id: 'FRM-3/frame-in-many-large-reads',
      description: 'A frame of nearly a megabyte in reads of 64 KiB is one frame',
      chunks: [...bigPieces, '\n'],
      frames: [
        { line: 1, kind: 'request', idJson: '"big"', method: 'store', ...digestOf(bigPieces) },
      ],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/empty-reads',
      description: 'Reads without bytes change nothing',
      chunks: ['', '{"id":1,', '', '', '"method":"one"}', '', '\n', ''],
      frames: [one],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/only-empty-reads',
      description: 'A stream of empty reads holds nothing',
      chunks: ['', '', ''],
      frames: [],
      errors: [],
    }),
    bytes({
      id: 'FRM-3/good-and-bad-coalesced',
      description: 'One read may hold good and bad lines; each is judged alone, in order',
      chunks: [`${oneText}\n{"id":,}\n${threeText}\n[]\n`],
      frames: [one, three],
      errors: [
        { line: 2, code: -32700, idJson: 'null' },
        { line: 4, code: -32600, idJson: 'null' },
      ],
    }),
    bytes({
      id: 'FRM-3/good-and-bad-byte-by-byte',
      description: 'Good, bad and blank lines are the same in reads of one byte',
      chunks: byteByByte('{"id":1,"method":"one"}\n\n{"id":7}\n\r\n{"id":\n'),
      frames: [one],
      errors: [
        { line: 3, code: -32600, idJson: '7' },
        { line: 5, code: -32700, idJson: 'null' },
      ],
    }),

    ...utf8Cuts('two-byte', 'é', [[1]]),
    ...utf8Cuts('three-byte', '€', [[1], [2], [1, 2]]),
    ...utf8Cuts('four-byte', '😀', [[1], [2], [3], [1, 2, 3]]),
    bytes({
      id: 'FRM-3/invalid-utf8-cut',
      description: 'A UTF-8 sequence that its next read breaks is refused as in one read',
      chunks: [joined('{"id":1,"method":"', raw(0xe2, 0x82)), 'x"}\n'],
      frames: [],
      errors: [{ line: 1, code: -32700, idJson: 'null' }],
    }),
    bytes({
      id: 'FRM-3/half-sequence-then-lf',
      description: 'A UTF-8 sequence is not continued across the LF of the next read',
      chunks: [joined('{"id":1,"method":"', raw(0xc3)), joined('\n', raw(0xa9), '"}\n')],
      frames: [],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 2, code: -32700, idJson: 'null' },
      ],
    }),
    bytes({
      id: 'FRM-3/byte-order-mark-cut',
      description: 'A byte order mark in two reads is refused as in one',
      chunks: [raw(0xef, 0xbb), joined(raw(0xbf), '{"id":1,"method":"x"}\n')],
      frames: [],
      errors: [{ line: 1, code: -32700, idJson: 'null' }],
    }),

    wholeAgain(
      {
        id: 'FRM-3/cut-between-cr-and-lf',
        description: 'CR and LF may come in two reads; the CR stays part of the frame',
        chunks: ['{"id":1,"method":"x"}\r', '\n'],
      },
      { idJson: '1', method: 'x', text: '{"id":1,"method":"x"}\r' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-after-backslash',
        description: 'An escape may be cut after its backslash',
        chunks: ['{"id":1,"method":"a\\', '"b"}\n'],
      },
      { idJson: '1', method: 'a"b', text: '{"id":1,"method":"a\\"b"}' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-everywhere-in-unicode-escape',
        description: 'A \\u escape may be cut between any two of its characters',
        chunks: ['{"id":1,"method":"caf', '\\', 'u', '0', '0', 'e', '9', '"}\n'],
      },
      { idJson: '1', method: 'café', text: '{"id":1,"method":"caf\\u00e9"}' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-between-surrogate-escapes',
        description: 'Two escapes that are one character may be cut between them',
        chunks: ['{"id":1,"method":"x","sessionId":"\\ud83d', '\\ude00"}\n'],
      },
      {
        idJson: '1',
        method: 'x',
        sessionId: '😀',
        text: '{"id":1,"method":"x","sessionId":"\\ud83d\\ude00"}',
      },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-inside-integer',
        description: 'An id may be cut between two digits',
        chunks: ['{"id":12', '34,"method":"x"}\n'],
      },
      { idJson: '1234', method: 'x', text: '{"id":1234,"method":"x"}' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-everywhere-in-number',
        description: 'An id may be cut after its sign, its point, its exponent letter and sign',
        chunks: ['{"id":-', '1', '.', '5', 'e', '+', '3', ',"method":"x"}\n'],
      },
      { idJson: '-1.5e+3', method: 'x', text: '{"id":-1.5e+3,"method":"x"}' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-inside-literal',
        description: 'true may be cut between two letters',
        chunks: ['{"id":1,"method":"x","params":[tr', 'ue]}\n'],
      },
      { idJson: '1', method: 'x', text: '{"id":1,"method":"x","params":[true]}' },
    ),
    wholeAgain(
      {
        id: 'FRM-3/cut-inside-key',
        description: 'The name of a routing member may be cut',
        chunks: ['{"i', 'd":1,"meth', 'od":"x","session', 'Id":"s1"}\n'],
      },
      {
        idJson: '1',
        method: 'x',
        sessionId: 's1',
        text: '{"id":1,"method":"x","sessionId":"s1"}',
      },
    ),
  ],
};

/** A request whose method ends in this character, cut at offsets inside its UTF-8 sequence. */
function utf8Cuts(name: string, character: string, cuts: readonly (readonly number[])[]) {
  const before = '{"id":1,"method":"x';
  const text = `${before}${character}"}`;
  return cuts.map((offsets) =>
    wholeAgain(
      {
        id: `FRM-3/cut-inside-${name}-${offsets.join('-')}`,
        description: `A ${name} UTF-8 sequence may be cut after byte ${offsets.join(', after byte ')}`,
        chunks: cutAt(`${text}\n`, ...offsets.map((offset) => before.length + offset)),
      },
      { idJson: '1', method: `x${character}`, text },
    ),
  );
}
