import type { BusScenario } from '../../bus-scenario.ts';
import { halfLinesAreDiscarded, queuesAreDiscarded } from '../../judges/lost-work.ts';
import { aNewIncarnationServes } from '../../judges/restarts.ts';
import { type HeldRequest, hold, holdOnEach, release } from './held-request.ts';

export const halfFrameScenarios: readonly BusScenario[] = [
  {
    id: 'restart/half-response',
    title: 'Half a response of a killed worker is not joined to what the next one writes',
    requirements: ['RST-6', 'RST-1', 'RST-2'],
    does:
      'A worker writes the first half of a response and is killed. The request gets an error, and the ' +
      'first response of the next incarnation comes whole.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame, call } = await hold(scene, client, { sessionId: 's' });
      const line = Buffer.from(probe.responseTo(frame), 'latin1');
      await probe.write(line.subarray(0, line.length / 2));
      await scene.kill(probe);
      await call.response({ requirement: 'RST-1' });
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's', requirement: 'RST-6' });
    },
    judges: [halfLinesAreDiscarded, aNewIncarnationServes],
  },
  {
    id: 'restart/half-line-at-exit',
    title: 'Half a line that a worker leaves when it exits is not joined to the next one either',
    requirements: ['RST-6', 'RST-2'],
    does: 'As with a kill, but the worker exits with code 0 when its system has taken all its bytes.',
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's' });
      const probe = await scene.worker();
      await probe.write('{"jsonrpc":"2.0","method":"half","sessionId":"s","params":{"mark":"h1"');
      await probe.order({ order: 'exit', code: 0, isFlushed: true });
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's', requirement: 'RST-6' });
    },
    judges: [halfLinesAreDiscarded, aNewIncarnationServes],
  },
  {
    id: 'restart/whole-frame-without-line-feed',
    title: 'A frame that lacks nothing but its LF when its worker exits is half a line too',
    requirements: ['RST-6', 'RST-2'],
    does: 'A worker writes a whole notification without an LF and exits with code 0. No client gets it.',
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's' });
      const probe = await scene.worker();
      await probe.write('{"jsonrpc":"2.0","method":"half","sessionId":"s","params":{"mark":"h1"}}');
      await probe.order({ order: 'exit', code: 0, isFlushed: true });
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's', requirement: 'RST-6' });
    },
    judges: [halfLinesAreDiscarded, aNewIncarnationServes],
  },
  {
    id: 'restart/halves-that-fit',
    title: 'Two halves of two incarnations that look like a whole frame are none',
    requirements: ['RST-6'],
    does:
      'Every incarnation begins its output with the end of a frame, and the first one leaves the ' +
      'beginning of one. No client gets the frame that they would make.',
    config: { pools: [{ id: 'main', traits: { greeting: '"second"}}\n' } }] },
    async drive(scene) {
      const client = await scene.connect();
      const { probe, call } = await hold(scene, client, { sessionId: 's' });
      await probe.write('{"jsonrpc":"2.0","method":"half","sessionId":"s","params":{"first":');
      await scene.kill(probe);
      await call.response({ requirement: 'RST-1' });
      // Where the next worker runs already, this binds the session to it before it greets.
      await client.request('probe/echo', { sessionId: 's' }).response();
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's' });
    },
    judges: [halfLinesAreDiscarded],
  },
  {
    id: 'restart/half-request',
    title: 'The rest of a request that a worker had read in part is never given to the next one',
    requirements: ['RST-6', 'RST-1'],
    does:
      'A worker stops reading while a request that no pipe can hold is written to it, with another ' +
      'request and a notification behind it, and is killed. None of this reaches the next incarnation.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const [deaf, other] = (await holdOnEach(scene, client, 2)) as [HeldRequest, HeldRequest];
      const { sessionId = '' } = deaf;
      await deaf.probe.order({ order: 'pause' });
      const text = 'x'.repeat(900_000);
      const large = client.request('probe/hold', { sessionId, params: { text } });
      client.notify('event', { sessionId });
      const behind = client.request('probe/hold', { sessionId });
      await client.echo({ sessionId: other.sessionId ?? '' });
      await scene.kill(deaf.probe);
      for (const call of [deaf.call, large, behind]) await call.response({ requirement: 'RST-1' });
      const { pool, slot } = deaf.probe;
      await scene.worker({ pool, slot, incarnation: 2 }, { requirement: 'RST-2' });
      for (const each of await holdOnEach(scene, client, 2)) await release(each);
      await client.echo({ sessionId });
    },
    judges: [queuesAreDiscarded],
  },
];
