import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import {
  badSessionIdsAreNone,
  eachSessionHasOneWorker,
  idleSessionIsForgotten,
} from '../../judges/sessions.ts';
import { newSessionsSpread } from '../../judges/spread.ts';
import type { Scene } from '../../scene/scene.ts';
import { bind, hold } from './bound-sessions.ts';

const two = { pools: [{ id: 'main', instances: 2 }] };

/** Sends a request whose session member has this JSON spelling, and waits for what comes back. */
async function sendSpelled(client: Client, sessionJson: string): Promise<void> {
  const { line, call } = client.prepare('probe/x');
  client.send(line.replace('"method"', `"sessionId":${sessionJson},"method"`));
  await call.response({ requirement: 'AFF-6' });
}

/** A moment comes; the only thing to wait for where time itself is what counts. */
async function past(scene: Scene, atMs: number): Promise<void> {
  const limitMs = Math.max(0, atMs - performance.now()) + scene.timings.graceMs;
  await scene.until('time to pass', () => performance.now() >= atMs, { limitMs });
}

const idleSec = 0.2;
const spokenOfSec = 1;

export const sessionScenarios: readonly BusScenario[] = [
  {
    id: 'sessions/no-session-ids',
    title: 'A session id that is no string, empty or too long is refused or treated as absent',
    requirements: ['AFF-6', 'COR-1'],
    does:
      'Sends requests with session ids of all other kinds, among them 257 bytes, 129 two-byte and ' +
      '65 four-byte characters, and escapes. One of the two behaviours holds for all.',
    config: two,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const kinds = ['12', '0', 'null', 'true', 'false', '[]', '["s"]', '{}', '{"a":1}', '""'];
      const long = ['x'.repeat(257), 'é'.repeat(129), '😀'.repeat(65), 'x'.repeat(4000)];
      const escaped = ['\\u00e9'.repeat(129), `\\n${'x'.repeat(256)}`, '\\ud800'.repeat(86)];
      for (const text of [...long, ...escaped]) kinds.push(`"${text}"`);
      for (const kind of kinds) await sendSpelled(client, kind);
      await client.echo({ sessionId: 's' });
    },
    judges: [badSessionIdsAreNone('AFF-6', 17)],
  },
  {
    id: 'sessions/longest-session-ids',
    title: 'Session ids of up to 256 bytes are sessions, each of its own',
    requirements: ['AFF-6', 'AFF-1'],
    does:
      'Sends requests with session ids of 255 and 256 bytes, of one, two and four bytes a ' +
      'character, and with escapes that are longer than what they stand for.',
    config: two,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const longest = ['x'.repeat(255), 'x'.repeat(256), 'é'.repeat(128), '😀'.repeat(64)];
      const escaped = ['\\u0061'.repeat(256), '\\ud83d\\ude00'.repeat(64), '\\ud800'.repeat(85)];
      for (const text of [...longest, ...escaped]) {
        for (let n = 0; n < 3; n++) await sendSpelled(client, `"${text}"`);
      }
    },
    judges: [everyRequestIsServed('AFF-6', { atLeast: 22 })],
  },
  {
    id: 'sessions/common-prefix',
    title: 'Long session ids that differ only at their end are different sessions',
    requirements: ['AFF-6', 'AFF-3', 'AFF-1'],
    does: 'Binds 64 sessions whose ids of 256 bytes have the first 253 in common.',
    config: two,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let round = 0; round < 2; round++) {
        for (let n = 0; n < 64; n++)
          await client.echo({ sessionId: `${'p'.repeat(253)}${n + 100}` });
      }
    },
    judges: [
      newSessionsSpread('AFF-3', { pool: 'main', rounds: 2 }),
      newSessionsSpread('AFF-6', { pool: 'main', rounds: 2 }),
    ],
  },
  {
    id: 'sessions/never-truncated',
    title: 'A session id that is too long never gets into the session of its first 256 bytes',
    requirements: ['AFF-6', 'AFF-8'],
    does:
      'A client owns a session with an id of 256 bytes. Another sends requests with ids that go on ' +
      'after the same bytes. A notification of the worker still reaches the first client.',
    transports: sockets,
    config: two,
    async drive(scene) {
      const owner = await scene.connect();
      const other = await scene.connect();
      await scene.workers();
      const sessionId = 'p'.repeat(256);
      const { probe, frame } = await hold(scene, owner, { sessionId });
      for (let n = 0; n < 40; n++) await sendSpelled(other, `"${sessionId}${n}"`);
      await probe.notify('probe/note', { sessionId, params: { to: 'the first' } });
      await owner.frame('the notification', ({ kind }) => kind === 'notification', {
        requirement: 'AFF-6',
      });
      await probe.reply(frame);
      await owner.echo({ sessionId });
    },
    judges: [badSessionIdsAreNone('AFF-6', 40)],
  },
  {
    id: 'sessions/configured-member',
    title: 'The configured member names the session, and sessionId is an ordinary one',
    requirements: ['CFG-4', 'AFF-1', 'AFF-8'],
    does:
      'With session_id_field "thread": requests of six threads with a `sessionId` that says ' +
      'otherwise, or is none; notifications of the worker with the one and the other.',
    config: {
      pools: [{ id: 'main', instances: 3 }],
      routing: { session_id_field: 'thread' },
    },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 30; n++) {
        const members = { sessionId: n % 5 === 0 ? n : `t${(n + 1) % 6}` };
        await client.echo({ sessionId: `t${n % 6}`, members });
      }
      const { probe } = await bind(scene, client, 't0');
      const stray = { sessionId: 't0', params: { fate: 'dropped' } };
      await probe.notify('probe/note', stray);
      await probe.notify('probe/note', { thread: 't0', sessionId: 't1' });
      await client.frame('the notification', ({ kind }) => kind === 'notification', {
        requirement: 'CFG-4',
      });
      await client.echo({ sessionId: 't0' });
    },
    judges: [eachSessionHasOneWorker('CFG-4', 6), fatesAreMet('CFG-4', 1)],
  },
  {
    id: 'sessions/idle',
    title: 'A session that was idle for session_idle_sec is forgotten',
    requirements: ['AFF-9'],
    does:
      'Binds sessions to the second pool and leaves them alone. One after the other is continued ' +
      'without a pool, after ever longer times: once forgotten, it begins anew in the first pool.',
    config: {
      pools: [{ id: 'first' }, { id: 'second' }],
      limits: { session_idle_sec: idleSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      const idleMs = idleSec * 1000;
      const waits = [1.2, 2, 3, 5, 8].map((times) => times * idleMs * scene.timeScale);
      waits.push(idleMs * scene.timeScale + scene.timings.graceMs);
      for (const n of waits.keys()) await bind(scene, client, `s${n}`, { pool: 'second' });
      const boundMs = performance.now();
      for (const [n, waitMs] of waits.toSorted((a, b) => a - b).entries()) {
        await past(scene, boundMs + waitMs);
        const { probe } = await bind(scene, client, `s${n}`);
        if (probe.pool === 'first') break;
      }
    },
    judges: [idleSessionIsForgotten('AFF-9', ['second', 'first'])],
  },
  {
    id: 'sessions/idle-but-spoken-of',
    isLong: true,
    title: 'A session of which only its worker speaks is not forgotten',
    requirements: ['AFF-9'],
    does:
      'A worker sends notifications of a session for twice session_idle_sec, with no pause that is ' +
      'nearly as long. The next request of the session still gets to its worker.',
    config: {
      pools: [{ id: 'first' }, { id: 'second' }],
      limits: { session_idle_sec: spokenOfSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      const isDone = async (sessionId: string) => {
        const { probe } = await bind(scene, client, sessionId, { pool: 'second' });
        const untilMs = performance.now() + 2 * spokenOfSec * 1000;
        for (let n = 0; performance.now() < untilMs; n++) {
          const beforeMs = performance.now();
          await probe.notify('probe/note', { sessionId, params: { n, of: sessionId } });
          const from = client.received.length - 1;
          const isNote = ({ kind }: { readonly kind: string }) => kind === 'notification';
          await client.frame('the notification', isNote, { from: Math.max(0, from) });
          await past(scene, performance.now() + 50);
          // A busy machine: the pause may have been too long, and the session be forgotten.
          if (performance.now() - beforeMs > spokenOfSec * 500) return false;
        }
        const call = client.request('probe/x', { sessionId, params: { fate: 'at second' } });
        await call.response();
        return true;
      };
      for (let n = 0; n < 5; n++) if (await isDone(`s${n}`)) return;
    },
    judges: [fatesAreMet('AFF-9', 1)],
  },
  {
    id: 'sessions/idle-with-pending',
    title: 'A session with a request pending is not forgotten, however idle it is',
    requirements: ['AFF-9', 'COR-1'],
    does: 'Leaves a session alone for five times session_idle_sec while its worker holds a request.',
    config: {
      pools: [{ id: 'first' }, { id: 'second' }],
      limits: { session_idle_sec: idleSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's', pool: 'second' });
      await past(scene, performance.now() + 5 * idleSec * 1000 * scene.timeScale);
      const call = client.request('probe/x', { sessionId: 's', params: { fate: 'at second' } });
      await call.response();
      await probe.reply(frame);
    },
    judges: [fatesAreMet('AFF-9', 1)],
  },
];
