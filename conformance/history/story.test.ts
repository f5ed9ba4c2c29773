import t from 'tap';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { storyFromRecords } from './story.ts';

const header = {
  seq: 0,
  atUs: 0,
  kind: 'scenario',
  scenario: 'test/story',
  transport: 'tcp',
  sessionIdField: 'user',
  limits: {},
  pools: [],
  capabilities: [],
  timeScale: 1,
  seed: '1',
  deadlinesUs: {},
} as const;

function storyOf(records: readonly object[]) {
  const numbered = records.map((record, index) => ({ seq: index + 1, atUs: index + 1, ...record }));
  return storyFromRecords([header, ...numbered] as HistoryRecord[]);
}

function sent(connection: string, text: string): object {
  return { kind: 'client-bytes', connection, direction: 'sent', text };
}

t.test('a history begins with its scenario', async (t) => {
  t.throws(() => storyFromRecords([]), RangeError);
});

t.test('lines of several connections are put together from their pieces', async (t) => {
  const story = storyOf([
    sent('c1', '{"id":1,'),
    sent('c2', '{"id":2,"method":"y"}\n{"id":3'),
    {
      ...sent('c1', ''),
      text: undefined,
      base64: Buffer.from('"method":"x","user":"é"}\n').toString('base64'),
    },
    sent('c2', ',"method":"z"}\nrest'),
  ]);
  t.strictSame(
    story.clientSent.map(({ place, idJson, sessionId, atUs }) => [place, idJson, sessionId, atUs]),
    [
      ['c2', '2', undefined, 2],
      ['c1', '1', 'é', 1],
      ['c2', '3', undefined, 2],
    ],
  );
  t.strictSame(
    story.unterminated.map(({ place, bytes }) => [place, bytes.toString()]),
    [['c2', 'rest']],
  );
});

t.test("a worker's response may have any session", async (t) => {
  const line = '{"id":1,"result":0,"user":""}\n';
  const story = storyOf([
    { kind: 'worker-bytes', process: 'main/0/1', direction: 'sent', text: line },
    { kind: 'client-bytes', connection: 'c1', direction: 'received', text: line },
    { kind: 'client-bytes', connection: 'c1', direction: 'sent', text: line },
  ]);
  t.equal(story.workerSent[0]?.kind, 'response');
  t.equal(story.clientReceived[0]?.kind, 'response');
  t.equal(story.clientSent[0]?.kind, 'refused');
});

t.test('connections know who ended them', async (t) => {
  const on = (connection: string, event: string) => ({ kind: 'connection', connection, event });
  const { connections } = storyOf([
    on('c1', 'open'),
    on('c2', 'open'),
    on('c1', 'end'),
    on('c1', 'peer-end'),
    on('c2', 'close'),
    on('c2', 'reset'),
  ]);
  const { halfClosedUs, endedUs } = connections.get('c1') ?? {};
  t.strictSame([halfClosedUs, endedUs], [3, 4]);
  t.equal(connections.get('c2')?.leftUs, 5);
  t.equal(connections.get('c2')?.endedUs, undefined);
});
