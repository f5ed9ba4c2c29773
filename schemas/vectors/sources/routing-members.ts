import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

/** Frames whose members are named in unusual ways: requirement and name, what it shows, line, what it is. */
const names: readonly (readonly [string, string, string, Envelope])[] = [
  ['FRM-5/key-escaped-id', '"\\u0069d" is id', '{"\\u0069d":1,"method":"x"}', x],
  [
    'FRM-5/key-all-escaped-id',
    'A name of escapes only is a name',
    '{"\\u0069\\u0064":1,"method":"x"}',
    x,
  ],
  ['FRM-5/key-escaped-method', '"me\\u0074hod" is method', '{"id":1,"me\\u0074hod":"x"}', x],
  [
    'AFF-4/key-escaped-session',
    '"session\\u0049d" is sessionId',
    '{"id":1,"method":"x","session\\u0049d":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  [
    'AFF-7/key-escaped-pool',
    '"p\\u006fol" is pool',
    '{"id":1,"method":"x","p\\u006fol":"p1"}',
    { ...x, pool: 'p1' },
  ],
  [
    'FRM-5/key-escape-capitals',
    'The digits of an escape may be capitals',
    '{"id":1,"meth\\u006Fd":"x"}',
    x,
  ],
  [
    'FRM-5/key-escaped-result',
    '"r\\u0065sult" is result',
    '{"id":1,"r\\u0065sult":0}',
    { kind: 'response', idJson: '1' },
  ],
  [
    'FRM-5/key-escaped-error',
    '"\\u0065rror" is error',
    '{"id":1,"\\u0065rror":{}}',
    { kind: 'response', idJson: '1' },
  ],
  [
    'FRM-5/key-escaped-slash',
    'A name with an escaped slash is an unknown member',
    '{"id":1,"method":"x","a\\/b":1}',
    x,
  ],
  ['FRM-5/key-capital', 'Id is an unknown member', '{"Id":2,"id":1,"method":"x"}', x],
  [
    'FRM-5/key-capitals',
    'ID and METHOD are unknown members',
    '{"ID":2,"METHOD":"y","id":1,"method":"x"}',
    x,
  ],
  ['FRM-5/key-space-after', '"id " is an unknown member', '{"id ":2,"id":1,"method":"x"}', x],
  ['FRM-5/key-space-before', '" id" is an unknown member', '{" id":2,"id":1,"method":"x"}', x],
  [
    'FRM-5/key-nul-after',
    '"id\\u0000" is an unknown member',
    '{"id\\u0000":2,"id":1,"method":"x"}',
    x,
  ],
  [
    'FRM-5/key-prefix',
    'i, ids and methods are unknown members',
    '{"i":2,"ids":3,"methods":"y","id":1,"method":"x"}',
    x,
  ],
  ['FRM-5/key-empty', 'An empty name is an unknown member', '{"":2,"id":1,"method":"x"}', x],
  [
    'AFF-4/key-lower-case-session',
    'sessionid and session_id do not route',
    '{"id":1,"method":"x","sessionid":"no","session_id":"no"}',
    x,
  ],
  [
    'AFF-4/key-session-quotes',
    'A name that only holds sessionId does not route',
    '{"id":1,"method":"x","\\"sessionId\\"":"no"}',
    x,
  ],
  [
    'AFF-7/key-capital-pool',
    'Pool and pools do not select',
    '{"id":1,"method":"x","Pool":"no","pools":"no"}',
    x,
  ],
  [
    'FRM-5/key-full-width',
    'A full-width id is an unknown member',
    '{"\uff49\uff44":2,"id":1,"method":"x"}',
    x,
  ],
  [
    'FRM-5/key-as-value',
    'A value that is named like a member is none',
    '{"id":"method","method":"sessionId"}',
    { kind: 'request', idJson: '"method"', method: 'sessionId' },
  ],

  [
    'AFF-4/nested-session',
    'params.sessionId does not route',
    '{"id":1,"method":"x","params":{"sessionId":"no"}}',
    x,
  ],
  [
    'AFF-4/nested-session-beside',
    'The top-level sessionId routes, whatever params say',
    '{"id":1,"method":"x","params":{"sessionId":"no"},"sessionId":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  [
    'AFF-4/nested-session-in-ext',
    '_ext.sessionId does not route',
    '{"id":1,"method":"x","_ext":{"sessionId":"no"}}',
    x,
  ],
  [
    'FRM-5/nested-id',
    'params.id is no id',
    '{"method":"x","params":{"id":1}}',
    { kind: 'notification', method: 'x' },
  ],
  [
    'FRM-5/nested-method',
    'params.method is no method',
    '{"id":1,"result":{"method":"y","id":2}}',
    { kind: 'response', idJson: '1' },
  ],
  [
    'FRM-5/nested-result',
    'A result in params makes no response',
    '{"id":1,"method":"x","params":{"result":1,"error":2}}',
    x,
  ],
  [
    'AFF-7/nested-pool',
    'params.pool does not select',
    '{"id":1,"method":"x","params":{"pool":"no"}}',
    x,
  ],
  [
    'FRM-5/nested-bad-values',
    'Nested members may have values that a routing member may not',
    '{"id":1,"method":"x","params":{"id":true,"method":5,"sessionId":"","pool":null}}',
    x,
  ],

  [
    'FRM-8/params-twice',
    'params may be there twice',
    '{"id":1,"method":"x","params":1,"params":2}',
    x,
  ],
  [
    'FRM-8/result-twice',
    'result may be there twice',
    '{"id":1,"result":1,"result":2}',
    { kind: 'response', idJson: '1' },
  ],
  [
    'FRM-8/error-twice',
    'error may be there twice',
    '{"id":1,"error":1,"error":2}',
    { kind: 'response', idJson: '1' },
  ],
  [
    'FRM-8/unknown-twice',
    'An unknown member may be there twice',
    '{"id":1,"method":"x","u":1,"u":1}',
    x,
  ],
  [
    'FRM-8/nested-twice',
    'Nested members may be there twice',
    '{"id":1,"method":"x","params":{"id":1,"id":2,"sessionId":"a","sessionId":"b"}}',
    x,
  ],
  [
    'FRM-8/nested-and-top',
    'A nested member does not double one at the top',
    '{"params":{"id":2,"method":"y","pool":"p"},"id":1,"method":"x","pool":"p1"}',
    { ...x, pool: 'p1' },
  ],
];

/** Lines with a routing member twice: name, what it shows, the line, the id of the answer. */
const doubled: readonly (readonly [string, string, string, string])[] = [
  ['id', 'id twice leaves no usable id', '{"id":1,"method":"x","id":2}', 'null'],
  [
    'id-same-value',
    'id twice with one value is refused too',
    '{"id":1,"id":1,"method":"x"}',
    'null',
  ],
  [
    'id-escaped',
    'id once plain and once escaped is twice',
    '{"id":1,"method":"x","\\u0069d":1}',
    'null',
  ],
  ['id-thrice', 'id three times', '{"id":1,"id":2,"id":3,"method":"x"}', 'null'],
  [
    'id-notification-like',
    'id twice, null at last, makes no notification',
    '{"id":1,"method":"x","id":null}',
    'null',
  ],
  ['id-of-response', 'id twice in a response', '{"id":1,"id":2,"result":0}', 'null'],
  ['method', 'method twice', '{"id":1,"method":"x","method":"y"}', '1'],
  ['method-same-value', 'method twice with one value', '{"id":1,"method":"x","method":"x"}', '1'],
  [
    'method-escaped',
    'method once plain and once escaped',
    '{"id":1,"method":"x","metho\\u0064":"x"}',
    '1',
  ],
  ['method-of-notification', 'method twice without an id', '{"method":"x","method":"y"}', 'null'],
  ['session', 'sessionId twice', '{"id":1,"method":"x","sessionId":"a","sessionId":"b"}', '1'],
  [
    'session-same-value',
    'sessionId twice with one value',
    '{"id":1,"method":"x","sessionId":"a","sessionId":"a"}',
    '1',
  ],
  [
    'session-escaped',
    'sessionId once plain and once escaped',
    '{"id":1,"method":"x","sessionId":"a","\\u0073essionId":"a"}',
    '1',
  ],
  [
    'session-of-response',
    'sessionId twice in a response',
    '{"id":"r","result":0,"sessionId":"a","sessionId":"b"}',
    '"r"',
  ],
  ['pool', 'pool twice', '{"id":1,"method":"x","pool":"a","pool":"b"}', '1'],
  [
    'pool-escaped',
    'pool once plain and once escaped',
    '{"id":1.0,"method":"x","pool":"a","\\u0070ool":"a"}',
    '1.0',
  ],
  [
    'id-after-the-others',
    'The id of the answer may come after what was doubled',
    '{"method":"x","method":"y","id":1e3}',
    '1e3',
  ],
];

export const routingMembers: Topic = {
  title: 'Names of members: escapes, look-alikes, nested ones, duplicates',
  vectors: [
    ...names.map(([id, description, line, is]) => accepted({ id, description, line, is })),
    ...doubled.map(([name, description, line, idJson]) =>
      refused({ id: `FRM-8/twice-${name}`, description, line, code: -32600, idJson }),
    ),
  ],
};
