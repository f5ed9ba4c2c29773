import { accepted, bytes, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

/** Session ids that a bus accepts: name, what it shows, JSON spelling, value. */
const usable: readonly (readonly [string, string, string, string])[] = [
  ['one-byte', 'A session id of one byte passes', '"s"', 's'],
  ['255-bytes', 'A session id of 255 bytes passes', `"${'s'.repeat(255)}"`, 's'.repeat(255)],
  ['256-bytes', 'A session id of 256 bytes passes', `"${'s'.repeat(256)}"`, 's'.repeat(256)],
  ['two-byte-256', '128 characters of two bytes pass', `"${'é'.repeat(128)}"`, 'é'.repeat(128)],
  ['three-byte-255', '85 characters of three bytes pass', `"${'€'.repeat(85)}"`, '€'.repeat(85)],
  ['four-byte-256', '64 characters of four bytes pass', `"${'😀'.repeat(64)}"`, '😀'.repeat(64)],
  [
    'escaped-256',
    'Escapes count by what they stand for: 256 escapes of one byte pass',
    `"${'\\u0073'.repeat(256)}"`,
    's'.repeat(256),
  ],
  ['escaped-short-256', '256 short escapes pass', `"${'\\n'.repeat(256)}"`, '\n'.repeat(256)],
  [
    'escaped-two-byte-256',
    '128 escapes of two bytes pass',
    `"${'\\u00e9'.repeat(128)}"`,
    'é'.repeat(128),
  ],
  [
    'escaped-pairs-256',
    '64 escaped surrogate pairs pass',
    `"${'\\ud83d\\ude00'.repeat(64)}"`,
    '😀'.repeat(64),
  ],
  ['space', 'A space is a session id', '" "', ' '],
  ['digits', 'A session id of digits is a string', '"0"', '0'],
  ['nul', 'An escaped NUL is a session id', '"\\u0000"', '\0'],
  ['path', 'A session id is text and no path', '"../../etc/passwd"', '../../etc/passwd'],
  ['prototype', '__proto__ is a session id like any other', '"__proto__"', '__proto__'],
  ['lone-surrogate', 'A lone surrogate as an escape is a session id', '"\\ud800"', '\ud800'],
  [
    'lone-surrogates-255',
    '85 lone surrogates count three bytes each, and pass',
    `"${'\\udc00'.repeat(85)}"`,
    '\udc00'.repeat(85),
  ],
];

/** Session ids that are refused: name, what it shows, JSON spelling. */
const unusable: readonly (readonly [string, string, string])[] = [
  ['empty', 'An empty session id is refused', '""'],
  ['257-bytes', 'A session id of 257 bytes is refused, not cut', `"${'s'.repeat(257)}"`],
  ['two-byte-258', '129 characters of two bytes are refused', `"${'é'.repeat(129)}"`],
  [
    'two-byte-257',
    '128 characters of two bytes and one of one are refused',
    `"${'é'.repeat(128)}s"`,
  ],
  ['three-byte-258', '86 characters of three bytes are refused', `"${'€'.repeat(86)}"`],
  ['four-byte-260', '65 characters of four bytes are refused', `"${'😀'.repeat(65)}"`],
  ['escaped-257', '257 escapes of one byte are refused', `"${'\\u0073'.repeat(257)}"`],
  [
    'escaped-pairs-260',
    '65 escaped surrogate pairs are refused',
    `"${'\\ud83d\\ude00'.repeat(65)}"`,
  ],
  ['lone-surrogates-258', '86 lone surrogates are refused', `"${'\\udc00'.repeat(86)}"`],
  ['number', 'A number is no session id', '5'],
  ['null', 'null is no session id', 'null'],
  ['true', 'true is no session id', 'true'],
  ['object', 'An object is no session id', '{}'],
  ['array', 'An array is no session id', '["s1"]'],
];

export const sessionIds: Topic = {
  title: 'Session ids: which are usable, counted in bytes',
  vectors: [
    ...usable.map(([name, description, spelling, sessionId]) =>
      accepted({
        id: `AFF-6/session-${name}`,
        description,
        line: `{"id":1,"method":"x","sessionId":${spelling}}`,
        is: { ...x, sessionId },
      }),
    ),
    ...unusable.map(([name, description, spelling]) =>
      refused({
        id: `AFF-6/no-session-${name}`,
        description,
        line: `{"id":1,"method":"x","sessionId":${spelling}}`,
        code: -32600,
        idJson: '1',
      }),
    ),
    refused({
      id: 'AFF-6/bad-session-of-notification',
      description: 'A notification with a bad session id is answered, with id null',
      line: '{"method":"x","sessionId":""}',
      code: -32600,
      idJson: 'null',
    }),
    refused({
      id: 'AFF-6/bad-session-of-response',
      description: 'A response with a bad session id is refused',
      line: '{"id":"r","result":1,"sessionId":7}',
      code: -32600,
      idJson: '"r"',
    }),
    accepted({
      id: 'AFF-4/session-of-notification',
      description: 'A notification may name its session',
      line: '{"method":"x","sessionId":"s1"}',
      is: { kind: 'notification', method: 'x', sessionId: 's1' },
    }),
    accepted({
      id: 'AFF-4/session-of-response',
      description: 'A response may name its session',
      line: '{"id":0,"result":{},"sessionId":"s1"}',
      is: { kind: 'response', idJson: '0', sessionId: 's1' },
    }),
    bytes({
      id: 'AFF-1/two-spellings-of-one-session',
      description: 'A session id is the same session plain and escaped',
      chunks: [
        '{"id":1,"method":"x","sessionId":"é/😀"}\n',
        '{"id":2,"method":"x","sessionId":"\\u00e9\\/\\ud83d\\ude00"}\n',
      ],
      frames: [
        { line: 1, ...x, sessionId: 'é/😀', text: '{"id":1,"method":"x","sessionId":"é/😀"}' },
        {
          line: 2,
          ...x,
          idJson: '2',
          sessionId: 'é/😀',
          text: '{"id":2,"method":"x","sessionId":"\\u00e9\\/\\ud83d\\ude00"}',
        },
      ],
      errors: [],
    }),
    bytes({
      id: 'AFF-1/sessions-are-not-normalised',
      description: 'Composed and decomposed characters, capitals and spaces make other sessions',
      chunks: [
        '{"method":"x","sessionId":"\u00e9"}\n{"method":"x","sessionId":"e\u0301"}\n',
        '{"method":"x","sessionId":"E\u0301"}\n{"method":"x","sessionId":"e\u0301 "}\n',
      ],
      frames: ['\u00e9', 'e\u0301', 'E\u0301', 'e\u0301 '].map((sessionId, index) => ({
        line: index + 1,
        kind: 'notification',
        method: 'x',
        sessionId,
        text: `{"method":"x","sessionId":"${sessionId}"}`,
      })),
      errors: [],
    }),
  ],
};
