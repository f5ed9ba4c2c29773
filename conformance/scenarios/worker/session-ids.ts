import { judgeOf } from '../../judges/facts.ts';
import { quoted } from '../../judges/moments.ts';
import { exchangesOf } from '../../judges/worker/exchanges.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { sessionOf, workerFramesOf } from '../../judges/worker/session-ids.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';

/** Each request that is to cause notifications caused some of its session, and none without one. */
const notificationsNameTheirSession = judgeOf('WRK-3', {
  fault(story) {
    const notes = workerFramesOf(story);
    const causes = exchangesOf(story).exchanges.filter(({ request }) =>
      request.idJson?.startsWith('"notifying-'),
    );
    const silent = causes.find(
      ({ request }) => !notes.some((note) => sessionOf(story, note) === request.sessionId),
    );
    const nameless = notes.find(
      (note) => sessionOf(story, note) === undefined && note.atUs >= (causes[0]?.request.atUs ?? 0),
    );
    if (nameless !== undefined && silent !== undefined) {
      return {
        reason: 'a notification that a request causes has no session id',
        expected: `"sessionId":${JSON.stringify(silent.request.sessionId)}`,
        seen: quoted(nameless),
        records: [silent.request.seq, nameless.seq],
      };
    }
    if (silent === undefined) return undefined;
    return {
      reason: 'the notifying request of the manifest caused no notification of its session',
      expected: `a notification of the session ${silent.request.sessionId}`,
      seen: 'none',
      records: [silent.request.seq],
    };
  },
  floor: (story) =>
    workerFramesOf(story).length === 0 ? 'the worker sent no notification' : undefined,
});

/** Requests without a session have responses without one. */
const noneIsAdded = everyRequestIsAnswered('WRK-3', {
  which: ({ sessionId }) => sessionId === undefined,
});

export const sessionIdScenarios: readonly WorkerScenario[] = [
  {
    id: 'session-ids/on-responses',
    title: 'The session id of a request is on its response',
    requirements: ['WRK-3'],
    does: 'Asks in three sessions by turns.',
    transports: pipe,
    async drive(scene) {
      const sessions = [await scene.session(), await scene.session(), await scene.session()];
      for (let n = 0; n < 9; n++) scene.request({ session: sessions[n % 3] as { id: string } });
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-3', { atLeast: 9 })],
  },
  {
    id: 'session-ids/none',
    title: 'A request without a session id gets a response without one',
    requirements: ['WRK-3'],
    does: 'Asks without a session, between requests of a session.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 3; n++) {
        scene.request({ method: 'conformance/no-such-method', params: {} });
        scene.request({ session });
      }
      await scene.allAnswered();
    },
    judges: [noneIsAdded],
  },
  {
    id: 'session-ids/odd-ones',
    title: 'Any text is a session id',
    requirements: ['WRK-3'],
    does: 'Asks for an unknown method in sessions with ids that hold blanks, quotes, digits only, characters of any language, and 256 bytes.',
    transports: pipe,
    async drive(scene) {
      const ids = ['a b', 'a"b\\c', '42', 'null', 'é日😀', '../x', '__proto__', 'x'.repeat(256)];
      for (const id of ids) {
        scene.request({ session: { id }, method: 'conformance/no-such-method', params: {} });
      }
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-3', { atLeast: 8 })],
  },
  {
    id: 'session-ids/not-from-params',
    title: 'A session id in params is none',
    requirements: ['WRK-3'],
    does: 'Asks for an unknown method with another sessionId in params than at the top level, and with one in params alone.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const method = 'conformance/no-such-method';
      const params = { sessionId: 'of-params' };
      scene.request({ session, method, params });
      scene.request({ method, params });
      await scene.allAnswered();
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-3')],
  },
  {
    id: 'session-ids/on-notifications',
    title: 'The session id of a request is on the notifications that it causes',
    requirements: ['WRK-3'],
    needs: ['notifying'],
    does: 'Makes the request `probes.notifying` of the manifest, and looks at what comes besides the response.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const limitMs = scene.timings.startMs;
      await scene
        .request({ session, probe: 'notifying', idJson: '"notifying-1"' })
        .response({ limitMs });
      await scene.stillAnswers(session);
    },
    judges: [notificationsNameTheirSession],
  },
  {
    id: 'session-ids/on-interleaved-notifications',
    title: 'Notifications of two sessions at the same time each name their own',
    requirements: ['WRK-3', 'WRK-5'],
    needs: ['notifying'],
    does: 'Makes the request `probes.notifying` of the manifest in two sessions at once, twice.',
    transports: pipe,
    async drive(scene) {
      const sessions = [await scene.session(), await scene.session()];
      for (let n = 0; n < 4; n++) {
        const session = sessions[n % 2] as { id: string };
        scene.request({ session, probe: 'notifying', idJson: `"notifying-${n}"` });
      }
      await scene.allAnswered({ limitMs: scene.timings.startMs });
    },
    judges: [notificationsNameTheirSession, everyRequestIsAnswered('WRK-5', { atLeast: 4 })],
  },
];
