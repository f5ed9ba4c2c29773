import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

const tenant = '{"id":1,"method":"x","tenant":"t1"}';

/** Names of ordinary members that are configured to name the session: name of the vector, field, line, what it is. */
const ordinary: readonly (readonly [string, string, string, Envelope])[] = [
  ['user', 'user', '{"id":1,"method":"x","user":"u1"}', { ...x, sessionId: 'u1' }],
  [
    'user-beside-others',
    'user',
    '{"id":1,"method":"x","params":{"user":"no"},"User":"no","users":"no","user":"u1"}',
    { ...x, sessionId: 'u1' },
  ],
  ['user-in-params', 'user', '{"id":1,"method":"x","params":{"user":"no"}}', x],
  [
    'params2',
    'params2',
    '{"id":1,"method":"x","params":{},"params2":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  [
    'params2-beside-params-twice',
    'params2',
    '{"id":1,"method":"x","params":"no","params":"no"}',
    x,
  ],
  ['i', 'i', '{"i":"s1","id":1,"method":"x"}', { ...x, sessionId: 's1' }],
  ['ids', 'ids', '{"id":1,"ids":"s1","method":"x"}', { ...x, sessionId: 's1' }],
  ['capital-id', 'Id', '{"Id":"s1","id":1,"method":"x"}', { ...x, sessionId: 's1' }],
  ['methods', 'methods', '{"id":1,"methods":"s1","method":"x"}', { ...x, sessionId: 's1' }],
  [
    'pools',
    'pools',
    '{"id":1,"method":"x","pool":"p1","pools":"s1"}',
    { ...x, sessionId: 's1', pool: 'p1' },
  ],
  [
    'results',
    'results',
    '{"id":1,"result":0,"results":"s1"}',
    { kind: 'response', idJson: '1', sessionId: 's1' },
  ],
  [
    'session',
    'session',
    '{"id":1,"method":"x","session":"s1","sessionId":"no"}',
    { ...x, sessionId: 's1' },
  ],
  [
    'lower-case',
    'sessionid',
    '{"id":1,"method":"x","sessionId":"no","sessionid":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  ['agent-id', 'agentId', '{"id":1,"method":"x","agentId":"s1"}', { ...x, sessionId: 's1' }],
  ['proto', '__proto__', '{"id":1,"method":"x","__proto__":"s1"}', { ...x, sessionId: 's1' }],
  ['proto-absent', '__proto__', '{"id":1,"method":"x"}', x],
  [
    'constructor',
    'constructor',
    '{"id":1,"method":"x","constructor":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  [
    'constructor-in-params',
    'constructor',
    '{"id":1,"method":"x","params":{"constructor":"no"}}',
    x,
  ],
  [
    'to-string',
    'toString',
    '{"method":"x","toString":"s1"}',
    { kind: 'notification', method: 'x', sessionId: 's1' },
  ],
  ['to-string-absent', 'toString', '{"method":"x"}', { kind: 'notification', method: 'x' }],
  [
    'has-own-property',
    'hasOwnProperty',
    '{"id":1,"method":"x","hasOwnProperty":"s1"}',
    { ...x, sessionId: 's1' },
  ],
  ['space', ' ', '{"id":1,"method":"x"," ":"s1","":"no","  ":"no"}', { ...x, sessionId: 's1' }],
];

/** Lines with such a member that are refused: name, field, line. */
const unusable: readonly (readonly [string, string, string])[] = [
  ['bad-user-empty', 'user', '{"id":1,"method":"x","user":""}'],
  ['bad-user-null', 'user', '{"id":1,"method":"x","user":null}'],
  ['bad-user-object', 'user', '{"id":1,"method":"x","user":{"name":"u1"}}'],
  ['bad-user-257-bytes', 'user', `{"id":1,"method":"x","user":"${'u'.repeat(257)}"}`],
  ['bad-user-of-response', 'user', '{"id":1,"result":0,"user":5}'],
  ['bad-params2-list', 'params2', '{"id":1,"method":"x","params2":["s1"]}'],
  ['bad-proto-object', '__proto__', '{"id":1,"method":"x","__proto__":{}}'],
  ['bad-constructor-null', 'constructor', '{"id":1,"method":"x","constructor":null}'],
  ['twice-user', 'user', '{"id":1,"method":"x","user":"u1","user":"u2"}'],
  ['twice-user-escaped', 'user', '{"id":1,"method":"x","user":"u1","\\u0075ser":"u1"}'],
  ['twice-proto', '__proto__', '{"id":1,"method":"x","__proto__":"s1","__proto__":"s1"}'],
];

export const sessionField: Topic = {
  title: 'A configured name of the session member',
  vectors: [
    accepted({
      id: 'CFG-4/renamed-field',
      description: 'The configured member names the session',
      line: tenant,
      sessionIdField: 'tenant',
      is: { ...x, sessionId: 't1' },
    }),
    accepted({
      id: 'CFG-4/renamed-field-escaped',
      description: 'The configured member is found under escapes too',
      line: '{"id":1,"method":"x","t\\u0065nant":"t1"}',
      sessionIdField: 'tenant',
      is: { ...x, sessionId: 't1' },
    }),
    accepted({
      id: 'CFG-4/default-field-not-configured',
      description: 'Then sessionId is an unknown member: it may be empty, bad, and there twice',
      line: '{"id":1,"method":"x","sessionId":"","sessionId":5}',
      sessionIdField: 'tenant',
      is: x,
    }),
    accepted({
      id: 'CFG-4/tenant-not-configured',
      description: 'Without the configuration, tenant is an unknown member',
      line: tenant,
      is: x,
    }),
    accepted({
      id: 'CFG-4/non-ascii-field',
      description: 'The configured member may have a name outside ASCII',
      line: '{"id":1,"method":"x","sitzungsschlüssel€😀":"t1"}',
      sessionIdField: 'sitzungsschlüssel€😀',
      is: { ...x, sessionId: 't1' },
    }),
    accepted({
      id: 'CFG-4/non-ascii-field-escaped',
      description: 'A name outside ASCII is found under escapes too',
      line: '{"id":1,"method":"x","sitzungsschl\\u00fcssel\\u20ac\\ud83d\\ude00":"t1"}',
      sessionIdField: 'sitzungsschlüssel€😀',
      is: { ...x, sessionId: 't1' },
    }),
    accepted({
      id: 'CFG-4/field-needs-escapes',
      description: 'A configured name with a quote and a backslash is found as an escaped name',
      line: '{"id":1,"method":"x","a\\"b\\\\c":"t1"}',
      sessionIdField: 'a"b\\c',
      is: { ...x, sessionId: 't1' },
    }),
    refused({
      id: 'CFG-4/twice-renamed-field',
      description: 'The configured member is a routing member: twice is refused',
      line: '{"id":1,"method":"x","tenant":"t1","tenant":"t1"}',
      sessionIdField: 'tenant',
      code: -32600,
      idJson: '1',
    }),
    refused({
      id: 'CFG-4/bad-renamed-field-number',
      description: 'The configured member has to be a string',
      line: '{"id":1,"method":"x","tenant":17}',
      sessionIdField: 'tenant',
      code: -32600,
      idJson: '1',
    }),
    ...ordinary.map(([name, field, line, is]) =>
      accepted({
        id: `CFG-4/field-${name}`,
        description: `The session member is configured to be "${field}", and no other is`,
        line,
        sessionIdField: field,
        is,
      }),
    ),
    ...unusable.map(([name, field, line]) =>
      refused({
        id: `CFG-4/${name}`,
        description: `The session member is configured to be ${field}: it is a string, there once`,
        line,
        sessionIdField: field,
        code: -32600,
        idJson: '1',
      }),
    ),
    accepted({
      id: 'CFG-4/field-of-128-characters',
      description: 'The configured name may be as long as a configuration allows',
      line: `{"id":1,"method":"x","${'f'.repeat(127)}":"no","${'f'.repeat(128)}":"s1"}`,
      sessionIdField: 'f'.repeat(128),
      is: { ...x, sessionId: 's1' },
    }),
  ],
};
