import type { BusScenario } from '../../bus-scenario.ts';
import type { Judge } from '../../finding.ts';
import { judgeOf } from '../../judges/facts.ts';
import { quoted } from '../../judges/moments.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { spansAreChildren } from '../../judges/traceparents.ts';
import type { Scene } from '../../scene/scene.ts';

const identity = { subjectId: 'u-19', role: 'user', assertedBy: 'self', more: [1.0, null] };
const audit = { eventId: 'e-1', action: 'ask', parentEventId: 'e-0', outcome: '\u0000' };
const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** A trace that no bus takes part in: without the one member that makes it do so. */
function extOf(scene: Scene): object {
  const trace = {
    tracestate: 'vendor=1',
    ...(scene.declares('trace') ? {} : { traceparent: parent }),
  };
  return { identity, audit, trace, 'x-own': { deep: { deeper: [[]] } } };
}

/** Everything that carries `_ext` from a worker reached a client, byte for byte. */
const workersExtArrives: Judge = judgeOf('EXT-3', {
  floor: ({ workerSent }) =>
    workerSent.some(({ rest }) => rest.includes('"_ext"')) ? undefined : 'no worker sent an _ext',
  fault: (story) => {
    const lost = story.workerSent.find(
      (line) => line.rest.includes('"_ext"') && !story.receipts.has(line),
    );
    if (lost === undefined) return undefined;
    return {
      reason: 'a frame of a worker with an _ext did not reach the client as it was',
      expected: quoted(lost),
      seen: 'no such frame',
      records: [lost.seq],
    };
  },
});

export const extensionScenarios: readonly BusScenario[] = [
  {
    id: 'extensions/pass-untouched',
    title: '_ext and agentId pass untouched in both directions',
    requirements: ['EXT-3'],
    does: 'Sends requests, notifications and responses with _ext and agentId from a client to a worker and back, in forms that the specification names and in others.',
    async drive(scene) {
      const client = await scene.connect();
      const sessionId = 's1';
      const members = { agentId: 'reviewer', _ext: extOf(scene) };
      client.notify('probe/news', { sessionId, members });
      await client.echo({ sessionId, members });
      for (const odd of [
        { agentId: null, _ext: [] },
        { agentId: { a: '\u00e9' }, _ext: 'text' },
      ]) {
        await client.echo({ sessionId, members: odd });
      }
      const call = client.request('probe/hold', { sessionId, members });
      const { probe, frame } = await scene.arrival(call.mark);
      await probe.notify('probe/news', { sessionId, ...members });
      await probe.ask('q', 'probe/may-i', { sessionId, ...members });
      const isQuestion = ({ method }: { readonly method?: string }) => method === 'probe/may-i';
      await client.frame('the question of the worker', isQuestion);
      client.send({ jsonrpc: '2.0', id: 'q', sessionId, ...members, result: true });
      probe.abandon(frame);
      await probe.write(
        `${JSON.stringify({ jsonrpc: '2.0', sessionId, ...members, result: {} }).replace('{', `{"id":${frame.idJson},`)}\n`,
      );
      await call.response();
      await client.echo({ sessionId });
    },
    judges: [
      everyRequestIsServed('EXT-3', {
        atLeast: 5,
        which: (line) => line.rest.includes('"_ext"') || line.method === 'probe/echo',
      }),
      workersExtArrives,
    ],
  },
  {
    id: 'extensions/trace',
    title: 'The bus hands on a child of a traceparent, and changes no other byte',
    requirements: ['EXT-5'],
    does: 'Sends frames with a traceparent from a client and from a worker, with one that is malformed, and without: only the id of the parent changes.',
    async drive(scene) {
      const client = await scene.connect();
      const sessionId = 's1';
      const traced = (traceparent: unknown) => ({
        members: { _ext: { trace: { traceparent, tracestate: 'vendor=1' }, identity } },
      });
      for (const traceparent of [
        parent,
        parent.replace(/01$/, '00'),
        'no-trace',
        `${parent}-x`,
        7,
      ]) {
        await client.echo({ sessionId, ...traced(traceparent) });
      }
      await client.echo({ sessionId, members: { _ext: { identity } } });
      const probe = await scene.worker();
      await probe.notify('probe/news', { sessionId, ...traced(parent).members });
      await client.frame('the news', ({ method }) => method === 'probe/news');
    },
    judges: [spansAreChildren],
  },
];
