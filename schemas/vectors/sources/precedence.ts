import { refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

/** Lines with two faults: what decides, line, code, id of the answer. */
const faults: readonly (readonly [string, string, string, -32700 | -32600, string])[] = [
  [
    'FRM-4/syntax-before-bad-session',
    'Bad JSON decides before a bad session id',
    '{"id":1,"method":"x","sessionId":5,}',
    -32700,
    'null',
  ],
  [
    'FRM-4/syntax-before-double-id',
    'Bad JSON decides before a doubled id',
    '{"id":1,"id":2,"method":"x"',
    -32700,
    'null',
  ],
  [
    'FRM-4/syntax-after-bad-id',
    'Bad JSON after a bad id decides',
    '{"id":true,"method":"x"]',
    -32700,
    'null',
  ],
  [
    'FRM-4/trailing-after-array',
    'Bad JSON after a batch decides',
    '[{"id":1,"method":"x"}]x',
    -32700,
    'null',
  ],
  [
    'FRM-8/twice-id-and-bad-session',
    'A doubled id leaves no id for the answer to a bad session id',
    '{"id":1,"id":1,"method":"x","sessionId":5}',
    -32600,
    'null',
  ],
  [
    'FRM-5/double-session-and-bad-method',
    'A doubled session beside a bad method is answered with the id',
    '{"id":1,"method":5,"sessionId":"a","sessionId":"b"}',
    -32600,
    '1',
  ],
  [
    'FRM-5/double-method-and-bad-id',
    'A doubled method beside a bad id leaves no usable id',
    '{"id":true,"method":"x","method":"x"}',
    -32600,
    'null',
  ],
  [
    'FRM-5/double-pool-and-id-null',
    'A doubled pool beside an id of null leaves no usable id',
    '{"id":null,"method":"x","pool":"a","pool":"b"}',
    -32600,
    'null',
  ],
  [
    'FRM-5/bad-id-and-bad-session',
    'A bad id beside a bad session id leaves no usable id',
    '{"id":[1],"method":"x","sessionId":""}',
    -32600,
    'null',
  ],
  [
    'FRM-5/bad-method-and-result-and-error',
    'A bad method beside result and error is answered with the id',
    '{"id":2,"method":5,"result":1,"error":{}}',
    -32600,
    '2',
  ],
  [
    'FRM-5/bad-method-and-bad-pool',
    'A bad method beside a bad pool is answered with the id',
    '{"id":3,"method":[],"pool":5}',
    -32600,
    '3',
  ],
  [
    'FRM-5/result-without-id-bad-session',
    'A result without an id beside a bad session id has no id',
    '{"result":1,"sessionId":5}',
    -32600,
    'null',
  ],
  [
    'AFF-6/bad-session-of-error-response-id-null',
    'An error response with id null and a bad session id is refused',
    '{"id":null,"error":{},"sessionId":5}',
    -32600,
    'null',
  ],
  [
    'AFF-7/bad-session-and-bad-pool',
    'A bad session id beside a bad pool is answered with the id',
    '{"id":"\\u00e9","method":"x","sessionId":"","pool":""}',
    -32600,
    '"\\u00e9"',
  ],
];

export const precedence: Topic = {
  title: 'Lines with two faults: the first rule that applies decides',
  vectors: [
    ...faults.map(([id, description, line, code, idJson]) =>
      refused({ id, description, line, code, idJson }),
    ),
  ],
};
