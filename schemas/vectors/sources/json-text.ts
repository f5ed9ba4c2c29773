import { accepted, bytes, type Envelope, joined, notJson, raw } from './byte-vector.ts';
import type { Topic } from './topic.ts';

/** Lines that are not exactly one JSON text: name, what it shows, the line. */
const refusedLines: readonly (readonly [string, string, string])[] = [
  ['trailing-letter', 'Letters after the object are refused', '{"id":1,"method":"x"}x'],
  ['trailing-brace', 'A second closing brace is refused', '{"id":1,"method":"x"}}'],
  ['trailing-bracket', 'A closing bracket after the object is refused', '{"id":1,"method":"x"}]'],
  ['trailing-comma-after-object', 'A comma after the object is refused', '{"id":1,"method":"x"},'],
  ['trailing-number', 'A number after the object is refused', '{"id":1,"method":"x"} 0'],
  ['leading-comma', 'A comma before the object is refused', ',{"id":1,"method":"x"}'],
  ['leading-letter', 'Letters before the object are refused', 'data: {"id":1,"method":"x"}'],
  [
    'two-objects',
    'Two objects on a line are refused, the first one too',
    '{"id":1,"method":"x"}{"id":2,"method":"x"}',
  ],
  [
    'two-objects-spaced',
    'Two objects with a space between them are refused',
    '{"id":1,"method":"x"} {"id":2,"method":"x"}',
  ],
  [
    'two-objects-comma',
    'Two objects with a comma between them are refused',
    '{"id":1,"method":"x"},{"id":2,"method":"x"}',
  ],
  ['plain-text', 'A line of plain text is refused', 'hello'],
  ['content-length', 'A header line is refused: there are no headers', 'Content-Length: 21'],
  [
    'record-separator',
    'A record separator before the object is refused',
    '\x1e{"id":1,"method":"x"}',
  ],

  ['comma-before-brace', 'A comma before the closing brace is refused', '{"id":1,"method":"x",}'],
  [
    'comma-after-open-brace',
    'A comma after the opening brace is refused',
    '{,"id":1,"method":"x"}',
  ],
  ['comma-only', 'An object of a comma is refused', '{,}'],
  ['two-commas', 'Two commas in a row are refused', '{"id":1,,"method":"x"}'],
  ['missing-comma', 'Two members without a comma are refused', '{"id":1 "method":"x"}'],
  ['semicolon', 'A semicolon is no comma', '{"id":1;"method":"x"}'],
  [
    'comma-before-bracket',
    'A comma before the closing bracket is refused',
    '{"id":1,"method":"x","params":[1,]}',
  ],
  [
    'comma-after-open-bracket',
    'A comma after the opening bracket is refused',
    '{"id":1,"method":"x","params":[,1]}',
  ],
  [
    'missing-comma-in-array',
    'Two elements without a comma are refused',
    '{"id":1,"method":"x","params":[1 2]}',
  ],
  ['colon-in-array', 'A colon in an array is refused', '{"id":1,"method":"x","params":["a":1]}'],
  ['missing-colon', 'A member without its colon is refused', '{"id" 1,"method":"x"}'],
  ['equals-sign', 'An equals sign is no colon', '{"id"=1,"method":"x"}'],
  ['two-colons', 'Two colons are refused', '{"id"::1,"method":"x"}'],
  ['missing-value', 'A member without its value is refused', '{"id":,"method":"x"}'],
  ['missing-last-value', 'A last member without its value is refused', '{"id":1,"method":}'],
  ['name-only', 'A member name alone is refused', '{"id"}'],
  ['unquoted-key', 'A member name without quotes is refused', '{id:1,"method":"x"}'],
  ['number-key', 'A number as member name is refused', '{1:1,"id":1,"method":"x"}'],
  ['null-key', 'null as member name is refused', '{null:1,"id":1,"method":"x"}'],
  ['single-quotes', 'Single quotes are refused', "{'id':1,'method':'x'}"],
  ['single-quoted-value', 'A value in single quotes is refused', '{"id":1,"method":\'x\'}'],
  ['block-comment', 'A block comment is refused', '{"id":1,/* c */"method":"x"}'],
  ['line-comment', 'A line comment after the object is refused', '{"id":1,"method":"x"} // c'],
  ['hash-comment', 'A comment with a hash is refused', '# {"id":1,"method":"x"}'],
  ['unterminated-object', 'An object without its closing brace is refused', '{"id":1,"method":"x"'],
  ['unterminated-array', 'An array without its closing bracket is refused', '[1,2'],
  ['unterminated-string', 'A string without its closing quote is refused', '{"id":1,"method":"x'],
  ['unterminated-key', 'A name without its closing quote is refused', '{"id":1,"method'],
  ['backslash-at-end', 'A backslash at the end of the line is refused', '{"id":1,"method":"x\\'],
  ['escaped-closing-quote', 'An escaped quote does not close a string', '{"id":1,"method":"x\\"}'],
  ['mismatched-bracket', 'A bracket does not close an object', '{"id":1,"method":"x"]'],
  ['mismatched-brace', 'A brace does not close an array', '{"id":1,"method":"x","params":[}'],
  ['quote-only', 'A quote alone is refused', '"'],

  ['upper-case-true', 'True with a capital is no literal', '{"id":1,"method":"x","p":True}'],
  ['upper-case-null', 'nulL is no literal', '{"id":1,"method":"x","p":nulL}'],
  ['half-literal', 'tru is no literal', '{"id":1,"method":"x","p":tru}'],
  ['long-literal', 'falsey is no literal', '{"id":1,"method":"x","p":falsey}'],
  ['nan', 'NaN is no number', '{"id":1,"method":"x","p":NaN}'],
  ['infinity', 'Infinity is no number', '{"id":1,"method":"x","p":Infinity}'],
  ['negative-infinity', '-Infinity is no number', '{"id":1,"method":"x","p":-Infinity}'],
  ['undefined', 'undefined is no value', '{"id":1,"method":"x","p":undefined}'],
];

/** Spellings that are no JSON number, as an id: name and spelling. */
const refusedNumbers: readonly (readonly [string, string])[] = [
  ['leading-zero', '01'],
  ['two-zeros', '00'],
  ['negative-leading-zero', '-01'],
  ['plus-sign', '+1'],
  ['minus-only', '-'],
  ['two-minus-signs', '--1'],
  ['minus-space', '- 1'],
  ['point-first', '.5'],
  ['minus-point-first', '-.5'],
  ['point-last', '1.'],
  ['point-then-exponent', '1.e3'],
  ['two-points', '1.2.3'],
  ['exponent-empty', '1e'],
  ['exponent-plus-only', '1e+'],
  ['exponent-minus-only', '1E-'],
  ['exponent-fraction', '1e1.5'],
  ['exponent-first', 'e3'],
  ['hexadecimal', '0x1F'],
  ['octal', '0o17'],
  ['underscore', '1_000'],
  ['big-integer-suffix', '1n'],
  ['comma-in-number', '1,5'],
  ['full-width-digit', '\uff11'],
];

/** Escapes that JSON does not know, in a string: name and escape. */
const refusedEscapes: readonly (readonly [string, string])[] = [
  ['x', '\\x41'],
  ['a', '\\a'],
  ['v', '\\v'],
  ['zero', '\\0'],
  ['single-quote', "\\'"],
  ['capital-u', '\\U0041'],
  ['u-four-with-letter-g', '\\u12G4'],
  ['u-two-digits', '\\u12'],
  ['u-no-digits', '\\u'],
  ['u-braces', '\\u{41}'],
  ['u-space', '\\u 041'],
  ['u-minus', '\\u-041'],
];

const xEnvelope: Envelope = { kind: 'request', idJson: '1', method: 'x' };
const controls = [...Array(0x20).keys()].filter((byte) => byte !== 0x0a);

export const jsonText: Topic = {
  title: 'Lines that are not exactly one JSON text, and unusual ones that are',
  vectors: [
    ...refusedLines.map(([name, shows, line]) => notJson(`FRM-4/${name}`, shows, line)),
    ...refusedNumbers.map(([name, spelling]) =>
      notJson(
        `FRM-4/number-${name}`,
        `${spelling} is no JSON number`,
        `{"id":${spelling},"method":"x"}`,
      ),
    ),
    ...refusedEscapes.map(([name, spelling]) =>
      notJson(
        `FRM-4/escape-${name}`,
        `${spelling} is no JSON escape`,
        `{"id":1,"method":"x","params":["${spelling}"]}`,
      ),
    ),
    notJson(
      'FRM-4/escape-in-bad-key',
      'A bad escape in a name is refused',
      '{"i\\d":1,"method":"x"}',
    ),
    bytes({
      id: 'FRM-4/control-characters',
      description: 'Each byte from 0x00 to 0x1F other than LF, unescaped in a string, is refused',
      chunks: [joined(...controls.map((byte) => joined('{"method":"', raw(byte), '"}\n')))],
      frames: [],
      errors: controls.map((_, index) => ({ line: index + 1, code: -32700, idJson: 'null' })),
    }),
    bytes({
      id: 'FRM-4/goes-on',
      description: 'Bad lines cost neither the good lines between them nor the connection',
      chunks: ['{\n{"id":1,"method":"x"}\n"\n{"id":2,"method":"x"}\n}\n{"id":3,"method":"x"}\n'],
      frames: [
        { line: 2, kind: 'request', idJson: '1', method: 'x', text: '{"id":1,"method":"x"}' },
        { line: 4, kind: 'request', idJson: '2', method: 'x', text: '{"id":2,"method":"x"}' },
        { line: 6, kind: 'request', idJson: '3', method: 'x', text: '{"id":3,"method":"x"}' },
      ],
      errors: [
        { line: 1, code: -32700, idJson: 'null' },
        { line: 3, code: -32700, idJson: 'null' },
        { line: 5, code: -32700, idJson: 'null' },
      ],
    }),

    accepted({
      id: 'FRM-1/every-escape',
      description: 'Every escape of JSON passes, and is resolved in a method',
      line: '{"id":1,"method":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD83D\\uDE00"}',
      is: { ...xEnvelope, method: '"\\/\b\f\n\r\tAé😀' },
    }),
    accepted({
      id: 'FRM-1/every-number-form',
      description: 'Every form of JSON number passes in params, with its spelling',
      line: '{"id":1,"method":"x","params":[0,-0,0.0,-0.0e-0,1E400,1e-400,1.5E+3,123456789012345678901]}',
      is: xEnvelope,
    }),
    accepted({
      id: 'FRM-1/every-literal',
      description: 'true, false, null and empty structures pass in params',
      line: '{"id":1,"method":"x","params":[true,false,null,{},[],"",{"":{}}]}',
      is: xEnvelope,
    }),
    accepted({
      id: 'FRM-1/delete-character',
      description: 'U+007F needs no escape',
      line: '{"id":1,"method":"x\x7f"}',
      is: { ...xEnvelope, method: 'x\x7f' },
    }),
    accepted({
      id: 'FRM-1/json-in-string',
      description: 'What looks like JSON inside a string is text',
      line: '{"id":1,"method":"x","params":["}{\\"id\\":2,\\"sessionId\\":\\"no\\"}]"]}',
      is: xEnvelope,
    }),
    accepted({
      id: 'FRM-1/backslashes-before-quote',
      description: 'An even number of backslashes before a quote lets it close the string',
      line: '{"id":1,"method":"x","params":["\\\\","\\\\\\\\"]}',
      is: xEnvelope,
    }),
  ],
};
