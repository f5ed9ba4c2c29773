import { accepted, bytes, type Envelope, joined, notJson, raw } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const before = '{"id":1,"method":"x","params":["';
const after = '"]}';
const xEnvelope: Envelope = { kind: 'request', idJson: '1', method: 'x' };

/** Bytes that are not UTF-8, in a string: name, what they are, the bytes. */
const invalid: readonly (readonly [string, string, readonly number[]])[] = [
  ['overlong-nul', 'C0 80, an overlong NUL,', [0xc0, 0x80]],
  ['overlong-slash', 'C0 AF, an overlong slash,', [0xc0, 0xaf]],
  ['overlong-two-byte-last', 'C1 BF, the last overlong form of two bytes,', [0xc1, 0xbf]],
  ['overlong-quote', 'C0 A2, an overlong quote,', [0xc0, 0xa2]],
  ['overlong-three-byte', 'E0 80 80, an overlong NUL,', [0xe0, 0x80, 0x80]],
  ['overlong-three-byte-last', 'E0 9F BF, U+07FF overlong,', [0xe0, 0x9f, 0xbf]],
  ['overlong-four-byte', 'F0 80 80 80, an overlong NUL,', [0xf0, 0x80, 0x80, 0x80]],
  ['overlong-four-byte-last', 'F0 8F BF BF, U+FFFF overlong,', [0xf0, 0x8f, 0xbf, 0xbf]],
  ['surrogate-first', 'ED A0 80, the surrogate U+D800,', [0xed, 0xa0, 0x80]],
  ['surrogate-last', 'ED BF BF, the surrogate U+DFFF,', [0xed, 0xbf, 0xbf]],
  ['surrogate-pair', 'ED A0 BD ED B8 80, a pair (CESU-8),', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ['beyond-last', 'F4 90 80 80, one beyond U+10FFFF,', [0xf4, 0x90, 0x80, 0x80]],
  ['byte-f5', 'F5 80 80 80, beyond U+10FFFF,', [0xf5, 0x80, 0x80, 0x80]],
  ['five-byte', 'F8 88 80 80 80, a form of five bytes,', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['byte-fe', 'The byte FE', [0xfe]],
  ['byte-ff', 'The byte FF', [0xff]],
  ['lone-continuation', '80, a continuation byte alone,', [0x80]],
  ['lone-last-continuation', 'BF, a continuation byte alone,', [0xbf]],
  ['extra-continuation', 'C3 A9 A9, one continuation byte too many,', [0xc3, 0xa9, 0xa9]],
  ['cut-two-byte', 'C3, half of two bytes, at the end of a string', [0xc3]],
  ['cut-three-byte', 'E2 82, two of three bytes, at the end of a string', [0xe2, 0x82]],
  ['cut-four-byte', 'F0 9F 98, three of four bytes, at the end of a string', [0xf0, 0x9f, 0x98]],
  ['cut-then-letter', 'E2 82 41, a letter in place of the third byte,', [0xe2, 0x82, 0x41]],
  [
    'cut-then-lead',
    'E2 82 E2 82 AC, a sequence broken by another,',
    [0xe2, 0x82, 0xe2, 0x82, 0xac],
  ],
  ['latin-1', 'E9, é in Latin-1,', [0xe9]],
];

/** Characters at the edges of UTF-8, in a string: name, what they are, the bytes. */
const valid: readonly (readonly [string, string, readonly number[]])[] = [
  ['first-two-byte', 'U+0080', [0xc2, 0x80]],
  ['last-two-byte', 'U+07FF', [0xdf, 0xbf]],
  ['first-three-byte', 'U+0800', [0xe0, 0xa0, 0x80]],
  ['before-surrogates', 'U+D7FF', [0xed, 0x9f, 0xbf]],
  ['after-surrogates', 'U+E000', [0xee, 0x80, 0x80]],
  ['noncharacter', 'U+FDD0, a noncharacter,', [0xef, 0xb7, 0x90]],
  ['noncharacter-fffe', 'U+FFFE, a noncharacter,', [0xef, 0xbf, 0xbe]],
  ['last-three-byte', 'U+FFFF, a noncharacter,', [0xef, 0xbf, 0xbf]],
  ['first-four-byte', 'U+10000', [0xf0, 0x90, 0x80, 0x80]],
  ['last-four-byte', 'U+10FFFF, a noncharacter,', [0xf4, 0x8f, 0xbf, 0xbf]],
  ['replacement-character', 'U+FFFD, the replacement character,', [0xef, 0xbf, 0xbd]],
];

export const utf8: Topic = {
  title: 'UTF-8: what is valid at its edges, and what is not',
  vectors: [
    ...valid.map(([name, what, sequence]) =>
      accepted({
        id: `FRM-1/utf8-${name}`,
        description: `${what} passes`,
        line: joined(before, raw(...sequence), after),
        is: xEnvelope,
      }),
    ),
    ...invalid.map(([name, what, sequence]) =>
      notJson(`FRM-4/utf8-${name}`, `${what} is refused`, joined(before, raw(...sequence), after)),
    ),
    bytes({
      id: 'FRM-4/utf8-bytes-never-valid',
      description: 'C0, C1 and F5 to FF occur nowhere in UTF-8',
      chunks: neverValid().map((byte) => joined('{"method":"', raw(byte), '"}\n')),
      frames: [],
      errors: neverValid().map((_, index) => ({ line: index + 1, code: -32700, idJson: 'null' })),
    }),
    notJson(
      'FRM-4/utf8-in-key',
      'Bytes that are not UTF-8 in a member name are refused',
      joined('{"id":1,"method":"x","', raw(0xff), '":1}'),
    ),
    notJson(
      'FRM-4/utf8-in-method',
      'Bytes that are not UTF-8 in a method are refused',
      joined('{"id":1,"method":"', raw(0xed, 0xa0, 0x80), '"}'),
    ),
    notJson(
      'FRM-4/utf8-in-session-id',
      'Bytes that are not UTF-8 in a session id are refused',
      joined('{"id":1,"method":"x","sessionId":"', raw(0xc0, 0x80), '"}'),
    ),
    notJson(
      'FRM-4/utf8-in-id',
      'Bytes that are not UTF-8 in an id are refused, and the id is not echoed',
      joined('{"id":"', raw(0xff), '","method":"x"}'),
    ),
    notJson(
      'FRM-4/utf8-outside-string',
      'Bytes that are not UTF-8 between tokens are refused',
      joined('{"id":1,', raw(0xff), '"method":"x"}'),
    ),
    notJson(
      'FRM-4/utf8-after-object',
      'Bytes that are not UTF-8 after the object are refused',
      joined('{"id":1,"method":"x"}', raw(0x80)),
    ),
    notJson(
      'FRM-4/utf8-cut-by-line-end',
      'A UTF-8 sequence that the LF cuts is refused',
      joined('{"id":1,"method":"x', raw(0xe2, 0x82)),
    ),
    notJson(
      'FRM-4/utf8-only-bad-bytes',
      'A line of bytes that are not UTF-8 is not blank',
      raw(0xff, 0xfe),
    ),
    bytes({
      id: 'FRM-4/utf16-little-endian',
      description: 'UTF-16 is refused; the second byte of its LF begins a line of its own',
      chunks: [Buffer.from('{"id":1,"method":"x"}\n', 'utf16le')],
      frames: [],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 2, code: -32700, idJson: 'null' },
      ],
    }),
    bytes({
      id: 'FRM-4/gzip',
      description: 'A compressed stream is refused, line by line',
      chunks: [raw(0x1f, 0x8b, 0x08, 0x00, 0x00, 0x0a, 0x00, 0x00, 0x00, 0x03, 0x0a)],
      frames: [],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 2, code: -32700, idJson: 'null' },
      ],
    }),
  ],
};

/** The byte values that no UTF-8 text holds. */
function neverValid(): number[] {
  return [0xc0, 0xc1, ...Array.from({ length: 11 }, (_, index) => 0xf5 + index)];
}
