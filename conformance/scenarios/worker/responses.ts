import { judgeOf } from '../../judges/facts.ts';
import { quoted } from '../../judges/moments.ts';
import { exchangesOf } from '../../judges/worker/exchanges.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';

/** The answers to the requests of a probe are results, or are errors. */
function outcomesAre(requirement: string, kind: 'result' | 'error', idPrefix: string) {
  return judgeOf(requirement, {
    floor: (story) =>
      exchangesOf(story).exchanges.some(({ request }) => request.idJson?.startsWith(idPrefix))
        ? undefined
        : 'no such request was made',
    fault(story) {
      const wrong = exchangesOf(story).exchanges.find(
        ({ request, responses: [response] }) =>
          request.idJson?.startsWith(idPrefix) === true &&
          response !== undefined &&
          response.isError !== (kind === 'error'),
      );
      const [response] = wrong?.responses ?? [];
      if (wrong === undefined || response === undefined) return undefined;
      return {
        reason: `a request that the manifest names was not answered with ${kind === 'error' ? 'an error' : 'a result'}`,
        expected: `a response with "${kind}" to ${quoted(wrong.request)}`,
        seen: quoted(response),
        records: [wrong.request.seq, response.seq],
      };
    },
  });
}

export const responseScenarios: readonly WorkerScenario[] = [
  {
    id: 'responses/one-after-another',
    title: 'Each request gets exactly one response',
    requirements: ['WRK-2', 'WRK-3'],
    does: 'Asks thirty times, each time when the answer has come, and measures how long it takes.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 30; n++) {
        const startedMs = performance.now();
        await scene.request({ session }).response();
        scene.observe('response-ms', Math.round((performance.now() - startedMs) * 100) / 100);
      }
    },
    judges: [everyRequestIsAnswered('WRK-2', { atLeast: 30 })],
  },
  {
    id: 'responses/result',
    title: 'The quick request of the manifest is answered with a result',
    requirements: ['WRK-2'],
    needs: ['quick'],
    does: 'Makes the request `probes.quick` of the manifest.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      await scene.request({ session, idJson: '"result-1"' }).response();
    },
    judges: [outcomesAre('WRK-2', 'result', '"result-')],
  },
  {
    id: 'responses/failure',
    title: 'The failing request of the manifest is answered with an error, and nothing else fails',
    requirements: ['WRK-4', 'WRK-3'],
    needs: ['failing'],
    does: 'Makes the request `probes.failing` of the manifest three times, with others between them.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 3; n++) {
        scene.request({ session, probe: 'failing', idJson: `"failure-${n}"` });
        await scene.request({ session }).response();
      }
      await scene.allAnswered();
    },
    judges: [outcomesAre('WRK-4', 'error', '"failure-')],
  },
  {
    id: 'responses/none-for-notifications',
    title: 'A notification is not answered',
    requirements: ['WRK-2'],
    does: 'Sends notifications that the worker does not know, with and without session and params, and then a request.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      await scene.write(`${scene.notification('conformance/note', session)}\n`);
      await scene.write(`${scene.notification('conformance/note')}\n`);
      await scene.write(`${scene.notification('conformance/note', session, [1, 2])}\n`);
      await scene.write(`${scene.notification('', session, undefined)}\n`);
      await scene.stillAnswers(session);
    },
  },
  {
    id: 'responses/none-for-many-notifications',
    title: 'Many notifications are not answered, and do not hold up a request',
    requirements: ['WRK-2', 'WRK-6'],
    does: 'Sends three hundred notifications at once, with a request after each hundred.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const note = `${scene.notification('conformance/note', session)}\n`.repeat(100);
      for (let n = 0; n < 3; n++) {
        const call = scene.prepareRequest({ session });
        await scene.write(`${note}${call.line}\n`);
      }
      await scene.allAnswered();
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-6', { atLeast: 3 })],
  },
  {
    id: 'responses/none-for-responses',
    title: 'A response is not answered, though it matches nothing that the worker asked',
    requirements: ['WRK-2', 'WRK-4'],
    does: 'Sends a result and an error with ids that the worker has not used, and then a request.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const version = scene.dialect === 'jsonrpc' ? '"jsonrpc":"2.0",' : '';
      const place = `"sessionId":"${session.id}"`;
      await scene.write(`{${version}"id":"nobody-1",${place},"result":{}}\n`);
      await scene.write(`{${version}"id":999999,${place},"error":{"code":-1,"message":"no"}}\n`);
      await scene.stillAnswers(session);
    },
  },
];
