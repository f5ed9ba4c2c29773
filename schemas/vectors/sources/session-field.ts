import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

const tenant = '{"id":1,"method":"x","tenant":"t1"}';

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
      id: 'CFG-4/renamed-field-twice',
      description: 'The configured member is a routing member: twice is refused',
      line: '{"id":1,"method":"x","tenant":"t1","tenant":"t1"}',
      sessionIdField: 'tenant',
      code: -32600,
      idJson: '1',
    }),
    refused({
      id: 'CFG-4/renamed-field-number',
      description: 'The configured member has to be a string',
      line: '{"id":1,"method":"x","tenant":17}',
      sessionIdField: 'tenant',
      code: -32600,
      idJson: '1',
    }),
  ],
};
