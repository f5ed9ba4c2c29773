import type { BusScenario } from '../../bus-scenario.ts';
import { responsesAreNotHeldUp } from '../../judges/response-delay.ts';

const rounds = 15;

/** Small frames that follow each other. */
export const delayScenarios: readonly BusScenario[] = [
  {
    id: 'flow/two-small-writes',
    title:
      'A small frame of a worker does not wait until the client has acknowledged the one before',
    requirements: ['FLW-4'],
    does: 'A worker says something in a session and then answers, in two small writes, fifteen times. The responses are as fast as those of a worker that only answers.',
    async drive(scene) {
      const client = await scene.connect();
      const sessionId = 'talk';
      for (let round = 0; round < rounds; round++) {
        const plain = await scene.arrival(client.request('probe/hold-plain', { sessionId }).mark);
        await plain.probe.reply(plain.frame);
        const talk = await scene.arrival(client.request('probe/hold-talk', { sessionId }).mark);
        const from = client.received.length;
        await talk.probe.notify('probe/news', { sessionId, params: { round } });
        await client.frame('the first of two frames', ({ method }) => method === 'probe/news', {
          from,
        });
        await talk.probe.reply(talk.frame);
        await scene.until('all answers', () => client.isAnswered(), { requirement: 'COR-1' });
      }
    },
    judges: [
      responsesAreNotHeldUp({
        method: 'probe/hold-talk',
        control: 'probe/hold-plain',
        atLeast: rounds - 3,
      }),
    ],
  },
  {
    id: 'flow/requests-in-one-write',
    title: 'Several requests in one write are answered without a pause between them',
    requirements: ['FLW-4'],
    does: 'Writes three requests at once, fifteen times. The last of the three is answered as fast as a request that is alone.',
    async drive(scene) {
      const client = await scene.connect();
      for (let round = 0; round < rounds; round++) {
        await client.request('probe/alone').response();
        const batch = ['probe/first', 'probe/next', 'probe/last'].map((method) =>
          client.prepare(method),
        );
        client.write(batch.map(({ line }) => `${line}\n`).join(''));
        for (const { call } of batch) await call.response();
      }
    },
    judges: [
      responsesAreNotHeldUp({ method: 'probe/last', control: 'probe/alone', atLeast: rounds - 3 }),
    ],
  },
];
