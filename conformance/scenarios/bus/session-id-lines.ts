import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { judgeOf } from '../../judges/facts.ts';
import { answerTo, everyRequestIsServed } from '../../judges/served-requests.ts';

const longest = 256;

/** What is no session id, as JSON: by its type, empty, too long in bytes. */
const unusable: readonly string[] = [
  ...['""', '12', 'null', 'true', '{}', '["s1"]'],
  `"${'s'.repeat(longest + 1)}"`,
  `"${'é'.repeat(longest / 2)}s"`,
  `"${'😀'.repeat(longest / 4)}é"`,
  `"${'\\u0073'.repeat(longest + 1)}"`,
  `"${'\\ud83d\\ude00'.repeat(longest / 4)}s"`,
  `"${'s'.repeat(10_000)}"`,
];

function requestWithSession(client: Client, sessionJson: string) {
  const { line, call } = client.prepare('probe/echo');
  client.send(line.replace('"params"', () => `"sessionId":${sessionJson},"params"`));
  return call.response({ requirement: 'AFF-6' });
}

/** All of them are refused, or all of them are served. */
const isOneOfTheTwo = judgeOf('AFF-6', {
  floor: (story) =>
    story.clientSent.filter(({ latitude }) => latitude === 'AFF-6').length < unusable.length
      ? 'too few such lines were sent'
      : undefined,
  fault: (story) => {
    const lines = story.clientSent.filter(({ latitude }) => latitude === 'AFF-6');
    const refused = lines.filter((line) => answerTo(story, line)?.isError === true);
    const [first] = refused;
    if (first === undefined || refused.length === lines.length) return undefined;
    return {
      reason: 'some session ids that are none are refused and others are not',
      expected: 'one of the two for all of them',
      seen: `${refused.length} of ${lines.length} refused`,
      records: [first.seq],
    };
  },
});

export const sessionIdLineScenarios: readonly BusScenario[] = [
  {
    id: 'framing/unusable-session-ids',
    title: 'What is no session id is refused, or treated as absent: one of the two for all',
    requirements: ['AFF-6'],
    does: 'Sends requests whose session is of another type, empty, or longer than 256 bytes in each way of writing it.',
    async drive(scene) {
      const client = await scene.connect();
      for (const session of unusable) await requestWithSession(client, session);
      await client.echo();
    },
    judges: [isOneOfTheTwo],
  },
  {
    id: 'framing/longest-session-ids',
    title: 'A session id of 256 bytes is one, however it is spelled',
    requirements: ['AFF-6', 'FRM-7'],
    does: 'Sends requests whose session has 256 bytes after its escapes are resolved, though its spelling is longer.',
    async drive(scene) {
      const client = await scene.connect();
      for (const session of [
        `"${'s'.repeat(longest)}"`,
        `"${'é'.repeat(longest / 2)}"`,
        `"${'😀'.repeat(longest / 4)}"`,
        `"${'\\u0073'.repeat(longest)}"`,
        `"${'\\u00e9'.repeat(longest / 2)}"`,
        `"${'\\n'.repeat(longest)}"`,
        `"${'\\ud83d\\ude00'.repeat(longest / 4)}"`,
        `"${'\\ud800'.repeat(85)}s"`,
      ]) {
        await requestWithSession(client, session);
      }
    },
    judges: [everyRequestIsServed('AFF-6', { atLeast: 9 })],
  },
  {
    id: 'framing/session-ids-not-cut',
    title: 'A session id is never cut or converted into that of somebody else',
    requirements: ['AFF-6', 'AFF-8'],
    does: 'Two clients have sessions; a third sends what would become these sessions by cutting at 256 bytes or by taking 12 for "12"; then the worker tells the sessions something.',
    transports: sockets,
    async drive(scene) {
      const long = 's'.repeat(longest);
      const first = await scene.connect();
      const second = await scene.connect();
      const third = await scene.connect();
      await first.echo({ sessionId: long });
      await second.echo({ sessionId: '12' });
      for (const session of [`"${long}s"`, `"${long}${long}"`, '12', '12.0', '["12"]']) {
        await requestWithSession(third, session);
      }
      const worker = await scene.worker();
      for (const [client, sessionId] of [
        [first, long],
        [second, '12'],
      ] as const) {
        await worker.notify('probe/news', { sessionId });
        await client.frame('the news of its session', ({ method }) => method === 'probe/news', {
          requirement: 'AFF-6',
        });
      }
      await third.echo();
    },
    judges: [everyRequestIsServed('AFF-6', { atLeast: 3, which: ({ place }) => place !== 'c3' })],
  },
];
