import {
  accepted,
  bytes,
  type Envelope,
  type ExpectedError,
  type ExpectedFrame,
  joined,
  notJson,
  raw,
  refused,
} from './byte-vector.ts';
import type { Topic } from './topic.ts';

const xText = '{"id":1,"method":"x"}';
const xEnvelope: Envelope = { kind: 'request', idJson: '1', method: 'x' };
const x: ExpectedFrame = { line: 1, ...xEnvelope, text: xText };

/** The request x in this spelling of its line. */
function xAs(id: string, description: string, line: string) {
  return accepted({ id, description, line, is: xEnvelope });
}

/** Blank lines before the request x, which is then on this line. */
function blankBefore(id: string, description: string, blank: { text: string; line: number }) {
  const frames = [{ ...x, line: blank.line }];
  return bytes({ id, description, chunks: [`${blank.text}${xText}\n`], frames, errors: [] });
}

/** The good line x, then bytes without an LF before the stream ends. */
function endsWith(id: string, description: string, rest: string | Buffer) {
  const errors: ExpectedError[] = [{ line: 2, code: -32700, idJson: 'null' }];
  return bytes({ id, description, chunks: [joined(`${xText}\n`, rest)], frames: [x], errors });
}

const byteOrderMark = raw(0xef, 0xbb, 0xbf);

export const lines: Topic = {
  title: 'Lines: blank ones, whitespace around a frame, and how a stream ends',
  vectors: [
    blankBefore('FRM-2/empty-line', 'An empty line is ignored, and counted', {
      text: '\n',
      line: 2,
    }),
    blankBefore('FRM-2/many-empty-lines', 'Several empty lines in a row are ignored', {
      text: '\n\n\n\n',
      line: 5,
    }),
    blankBefore('FRM-2/spaces', 'A line of spaces is blank', { text: '   \n', line: 2 }),
    blankBefore('FRM-2/tabs', 'A line of tabs is blank', { text: '\t\t\n', line: 2 }),
    blankBefore('FRM-2/crlf', 'A line of CR LF is blank', { text: '\r\n', line: 2 }),
    blankBefore('FRM-2/crs', 'A line of CRs is blank', { text: '\r\r\r\n', line: 2 }),
    blankBefore('FRM-2/mixed', 'A line of spaces, tabs and CRs is blank', {
      text: ' \t \r\t\r\n',
      line: 2,
    }),
    bytes({
      id: 'FRM-2/blank-after-frame',
      description: 'Blank lines after a frame are ignored',
      chunks: [`${xText}\n\n \n\r\n`],
      frames: [x],
      errors: [],
    }),
    bytes({
      id: 'FRM-2/only-blank',
      description: 'A stream of blank lines holds nothing',
      chunks: ['\n', '\r\n \t\n', '\n'],
      frames: [],
      errors: [],
    }),
    bytes({
      id: 'FRM-2/no-bytes',
      description: 'A stream may end before its first byte',
      chunks: [],
      frames: [],
      errors: [],
    }),

    xAs('FRM-1/crlf', 'A CR before the LF is whitespace, and part of the frame', `${xText}\r`),
    xAs('FRM-1/two-crs', 'Several CRs before the LF are whitespace', `${xText}\r\r`),
    xAs('FRM-1/leading-spaces', 'Spaces before a frame are whitespace', `   ${xText}`),
    xAs('FRM-1/trailing-spaces', 'Spaces after a frame are whitespace', `${xText}   `),
    xAs('FRM-1/tabs-around', 'Tabs round a frame are whitespace', `\t${xText}\t`),
    xAs('FRM-1/leading-cr', 'A CR before a frame is whitespace', `\r${xText}`),
    xAs(
      'FRM-1/whitespace-between-tokens',
      'Spaces, tabs and lone CRs may stand between any two tokens',
      ' {\r"id"\t: 1 ,\t\r"method" \r:"x"\r} ',
    ),
    accepted({
      id: 'FRM-1/line-separator-in-string',
      description: 'U+2028, U+2029 and U+0085 in a string do not end a line',
      line: '{"id":1,"method":"x","sessionId":"a\u2028b\u2029c\u0085d"}',
      is: { ...xEnvelope, sessionId: 'a\u2028b\u2029c\u0085d' },
    }),
    notJson(
      'FRM-1/cr-is-no-line-end',
      'A lone CR does not end a line: two objects round it are one bad line',
      '{"id":1,"method":"x"}\r{"id":2,"method":"x"}',
    ),
    bytes({
      id: 'FRM-1/lf-inside-string',
      description: 'An LF always ends the line, inside a string too: both halves are bad',
      chunks: ['{"id":1,"method":"a\nb"}\n'],
      frames: [],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 2, code: -32700, idJson: 'null' },
      ],
    }),
    bytes({
      id: 'FRM-1/lf-between-tokens',
      description: 'An LF between two tokens ends the line: indented JSON is no frame',
      chunks: ['{\n  "id": 1,\n  "method": "x"\n}\n'],
      frames: [],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 2, code: -32700, idJson: 'null' },
        { line: 3, code: -32700, idJson: 'null' },
        { line: 4, code: -32700, idJson: 'null' },
      ],
    }),

    endsWith('FRM-4/end-whole-json', 'A stream that ends before the LF ends with no frame', xText),
    endsWith('FRM-4/end-half-json', 'A stream may end in the middle of a frame', '{"id":2,"meth'),
    endsWith('FRM-4/end-after-brace', 'A stream may end after an opening brace', '{'),
    endsWith('FRM-4/end-with-cr', 'A CR does not end the last line', `${xText}\r`),
    endsWith(
      'FRM-4/end-half-sequence',
      'A stream may end inside a UTF-8 sequence',
      raw(0xe2, 0x82),
    ),
    endsWith('FRM-4/end-spaces', 'Spaces after the last LF are bytes without an LF too', '  '),
    bytes({
      id: 'FRM-4/end-only-rest',
      description: 'A stream may consist of one line without its LF',
      chunks: ['{"id":1,"me', 'thod":"x"}'],
      frames: [],
      errors: [{ line: 1, code: -32700, idJson: 'null' }],
    }),

    notJson('FRM-4/form-feed-before', 'A form feed is not JSON whitespace', `\f${xText}`),
    notJson('FRM-4/form-feed-only', 'A line of a form feed is not blank', '\f'),
    notJson('FRM-4/vertical-tab-after', 'A vertical tab is not JSON whitespace', `${xText}\v`),
    notJson('FRM-4/no-break-space-before', 'U+00A0 is not JSON whitespace', `\u00a0${xText}`),
    notJson('FRM-4/no-break-space-only', 'A line of U+00A0 is not blank', '\u00a0'),
    notJson('FRM-4/next-line-after', 'U+0085 is not JSON whitespace', `${xText}\u0085`),
    notJson('FRM-4/line-separator-after', 'U+2028 is not JSON whitespace', `${xText}\u2028`),
    notJson(
      'FRM-4/wide-space-between',
      'U+3000 is not JSON whitespace',
      '{"id":1,\u3000"method":"x"}',
    ),
    notJson('FRM-4/zero-width-space-after', 'U+200B is not JSON whitespace', `${xText}\u200b`),
    notJson(
      'FRM-4/byte-order-mark-before',
      'A byte order mark before a frame is refused',
      joined(byteOrderMark, xText),
    ),
    notJson(
      'FRM-4/byte-order-mark-after',
      'A byte order mark after a frame is refused',
      joined(xText, byteOrderMark),
    ),
    notJson(
      'FRM-4/byte-order-mark-only',
      'A line of a byte order mark is not blank',
      byteOrderMark,
    ),
    bytes({
      id: 'FRM-4/byte-order-mark-later',
      description: 'A byte order mark is refused on a later line too',
      chunks: [joined(`${xText}\n`, byteOrderMark, `${xText}\n`)],
      frames: [x],
      errors: [{ line: 2, code: -32700, idJson: 'null' }],
    }),
    accepted({
      id: 'FRM-1/byte-order-mark-in-string',
      description: 'U+FEFF inside a string is a character like any other',
      line: '{"id":1,"method":"\ufeffx"}',
      is: { kind: 'request', idJson: '1', method: '\ufeffx' },
    }),
    notJson('FRM-4/nul-before', 'A NUL before a frame is refused', joined(raw(0), xText)),
    notJson('FRM-4/nul-after', 'A NUL after a frame is refused', joined(xText, raw(0))),
    notJson('FRM-4/nul-only', 'A line of a NUL is not blank', raw(0)),
    notJson(
      'FRM-4/nul-between-tokens',
      'A NUL between tokens is refused',
      '{"id":1,\0"method":"x"}',
    ),
    notJson('FRM-4/nul-in-string', 'A NUL in a string is refused', '{"id":1,"method":"x\0y"}'),
    notJson('FRM-4/nul-in-key', 'A NUL in a member name is refused', '{"id":1,"method\0":"x"}'),
    accepted({
      id: 'FRM-1/nul-escaped',
      description: 'A NUL that is written as an escape is a character like any other',
      line: '{"id":1,"method":"x\\u0000y"}',
      is: { kind: 'request', idJson: '1', method: 'x\0y' },
    }),
    refused({
      id: 'FRM-5/whitespace-round-bare-number',
      description: 'Whitespace does not make a bare number a blank line',
      line: ' 0 \r',
      code: -32600,
      idJson: 'null',
    }),
  ],
};
