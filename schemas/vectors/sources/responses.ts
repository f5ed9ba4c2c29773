import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const error = '"error":{"code":-32601,"message":"no"}';
const response: Envelope = { kind: 'response', idJson: '"r"' };
const withoutId: Envelope = { kind: 'response', idJson: 'null' };

/** Responses that are accepted: requirement and name, what it shows, line, what it is. */
const frames: readonly (readonly [string, string, string, Envelope])[] = [
  [
    'AFF-7/pool-of-response',
    'A response may name a pool',
    '{"id":"r","result":1,"pool":"p1"}',
    { ...response, pool: 'p1' },
  ],
  [
    'AFF-7/pool-of-error-response',
    'An error response may name a pool',
    `{"id":"r",${error},"pool":"p1"}`,
    { ...response, pool: 'p1' },
  ],
  [
    'AFF-4/session-of-error-response',
    'An error response may name its session',
    `{"id":"r",${error},"sessionId":"s1"}`,
    { ...response, sessionId: 's1' },
  ],
  [
    'FRM-5/error-id-null-session',
    'An error response with the id null may name a session',
    `{"jsonrpc":"2.0","id":null,${error},"sessionId":"s1"}`,
    { ...withoutId, sessionId: 's1' },
  ],
  [
    'FRM-5/error-id-null-pool',
    'An error response with the id null may name a pool',
    `{"jsonrpc":"2.0","id":null,${error},"pool":"p1"}`,
    { ...withoutId, pool: 'p1' },
  ],
  [
    'FRM-5/error-id-null-session-first',
    'Session and pool may come before the id null and the error',
    `{"sessionId":"\\u00731","pool":"p1",${error},"id":null}`,
    { ...withoutId, sessionId: 's1', pool: 'p1' },
  ],
  [
    'FRM-5/error-id-null-escaped',
    'The name of an id of null may be spelled with escapes',
    `{"\\u0069d":null,${error},"sessionId":"s1"}`,
    { ...withoutId, sessionId: 's1' },
  ],
  [
    'FRM-5/error-id-null-error-twice',
    'error may be there twice beside an id of null',
    `{"id":null,${error},${error}}`,
    withoutId,
  ],
  [
    'FRM-8/result-twice-escaped',
    'result may be there once plain and once escaped',
    '{"id":"r","result":1,"r\\u0065sult":{"sessionId":"no"}}',
    response,
  ],
  [
    'FRM-8/result-thrice',
    'result may be there three times, null among them',
    '{"id":"r","result":null,"result":[],"result":null}',
    response,
  ],
  [
    'FRM-8/result-round-session',
    'result may stand on both sides of the session',
    '{"result":1,"id":"r","sessionId":"s1","result":2}',
    { ...response, sessionId: 's1' },
  ],
  [
    'FRM-8/error-twice-escaped',
    'error may be there once plain and once escaped',
    `{"id":"r",${error},"err\\u006fr":null}`,
    response,
  ],
  [
    'FRM-8/error-twice-session',
    'error may be there twice beside a session',
    `{"id":"r",${error},"error":"no","sessionId":"s1"}`,
    { ...response, sessionId: 's1' },
  ],
  [
    'FRM-8/params-twice-of-response',
    'A response may have params twice, which mean nothing',
    '{"id":"r","result":0,"params":1,"params":{}}',
    response,
  ],
  [
    'FRM-8/params-twice-escaped',
    'params may be there once plain and once escaped',
    '{"id":"r","method":"x","params":{"a":1},"p\\u0061rams":{"sessionId":"no"}}',
    { kind: 'request', idJson: '"r"', method: 'x' },
  ],
  [
    'FRM-8/params-twice-session',
    'params may be there twice beside session and pool',
    '{"id":"r","params":{},"sessionId":"s1","pool":"p1","params":[],"method":"x"}',
    { kind: 'request', idJson: '"r"', method: 'x', sessionId: 's1', pool: 'p1' },
  ],
  [
    'FRM-8/params-twice-of-notification',
    'A notification may have params twice',
    '{"method":"x","params":{},"params":null}',
    { kind: 'notification', method: 'x' },
  ],
];

/** Lines that are refused for what is doubled: name, what it shows, line, id of the answer. */
const stillRefused: readonly (readonly [string, string, string, string])[] = [
  [
    'result-twice-and-error',
    'result twice beside an error is still two outcomes',
    `{"id":"r","result":1,"result":2,${error}}`,
    '"r"',
  ],
  [
    'error-twice-and-result',
    'error twice beside a result is still two outcomes',
    `{"id":"r",${error},"error":1,"result":null}`,
    '"r"',
  ],
  [
    'method-and-result-twice',
    'A method beside result twice is ambiguous',
    '{"id":"r","method":"x","result":1,"result":2}',
    '"r"',
  ],
  ['result-twice-no-id', 'result twice without an id', '{"result":1,"result":2}', 'null'],
  ['error-twice-no-id', 'error twice without an id', `{${error},${error}}`, 'null'],
  ['params-twice-only', 'params twice alone', '{"id":"r","params":{},"params":{}}', '"r"'],
  [
    'result-id-null-session',
    'A result with the id null and a session',
    '{"id":null,"result":1,"sessionId":"s1"}',
    'null',
  ],
];

/** Responses as a client may send them, without the end: name, beginning, id of the answer. */
const shapes: readonly (readonly [string, string, string])[] = [
  ['result', '{"id":"r","result":{}', '"r"'],
  ['error', `{"id":"r",${error}`, '"r"'],
  ['error-id-null', `{"id":null,${error}`, 'null'],
];

/** Values that are no pool and no session: name and JSON spelling. */
const unusable: readonly (readonly [string, string])[] = [
  ['empty', '""'],
  ['null', 'null'],
  ['number', '7'],
  ['false', 'false'],
  ['list', '["a"]'],
  ['object', '{}'],
];

/** Session ids of the wrong length: name and JSON spelling. */
const tooLong: readonly (readonly [string, string])[] = [
  ['257-bytes', `"${'s'.repeat(257)}"`],
  ['258-bytes', `"${'é'.repeat(129)}"`],
];

export const responses: Topic = {
  title: 'Responses: their sessions and pools, and what may be there twice',
  vectors: [
    ...frames.map(([id, description, line, is]) => accepted({ id, description, line, is })),
    ...stillRefused.map(([name, description, line, idJson]) =>
      refused({ id: `FRM-5/no-frame-${name}`, description, line, code: -32600, idJson }),
    ),
    ...shapes.flatMap(([shape, beginning, idJson]) => [
      ...unusable.map(([name, spelling]) =>
        refused({
          id: `AFF-7/no-pool-of-${shape}-${name}`,
          description: `A response with the pool ${spelling} is refused`,
          line: `${beginning},"pool":${spelling}}`,
          code: -32600,
          idJson,
        }),
      ),
      ...[...unusable, ...tooLong].map(([name, spelling]) =>
        refused({
          id: `AFF-6/bad-session-of-${shape}-${name}`,
          description: 'A response with a session id that is none is refused',
          line: `${beginning},"sessionId":${spelling}}`,
          code: -32600,
          idJson,
        }),
      ),
      refused({
        id: `AFF-7/no-pool-of-${shape}-before`,
        description: 'A response with an empty pool is refused wherever the pool stands',
        line: `{"pool":"",${beginning.slice(1)},"sessionId":"s1"}`,
        code: -32600,
        idJson,
      }),
    ]),
  ],
};
