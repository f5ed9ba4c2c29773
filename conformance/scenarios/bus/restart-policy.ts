import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BusScenario } from '../../bus-scenario.ts';
import { judgeOf } from '../../judges/facts.ts';
import {
  aNewIncarnationServes,
  noSilenceWithoutWorkers,
  restartsAreLimited,
  restartsOf,
} from '../../judges/restarts.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { waitInVain } from './absence.ts';
import { besides, end, loseAgain, othersGoOn } from './dying-pool.ts';
import { firstConnection } from './first-connection.ts';
import { type HeldRequest, holdOnEach, reachEach, release } from './held-request.ts';

/** How often a slot is restarted. */
export const restartPolicyScenarios: readonly BusScenario[] = [
  {
    id: 'restart/limit',
    isLong: true,
    title: 'A slot that was restarted max_restarts times has failed, and the others go on',
    requirements: ['RST-2', 'RST-5'],
    does:
      'With one restart allowed, a worker is lost twice. For longer than the backoff that a further ' +
      'restart would have, none comes; its pool gives errors, and the other pool serves.',
    config: besides({ max_restarts: 1 }),
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 2);
      await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
      const isThere = () => scene.probes.some(({ incarnation }) => incarnation > 2);
      const limitMs = 2000 + scene.timings.graceMs / 8;
      await waitInVain(scene, limitMs, isThere);
      await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
      await client.echo({ sessionId: 'peace' });
    },
    judges: [restartsAreLimited, noSilenceWithoutWorkers('dying'), othersGoOn('RST-2')],
  },
  {
    id: 'restart/never',
    title: 'With max_restarts 0 a slot has failed with its first loss',
    requirements: ['RST-2', 'RST-5', 'RST-4'],
    does: 'One of two workers exits. Its session is served by the other one from then on, without a restart.',
    config: { pools: [{ id: 'main', instances: 2 }], limits: { max_restarts: 0 } },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const [lost, kept] = (await holdOnEach(scene, client, 2)) as [HeldRequest, HeldRequest];
      await release(kept);
      await end(scene, lost.probe);
      await lost.call.response({ requirement: 'RST-1' });
      for (const { sessionId = '' } of [lost, kept, lost]) await client.echo({ sessionId });
      await reachEach(scene, client, 1);
      const isThere = () => scene.probes.some(({ incarnation }) => incarnation > 1);
      const limitMs = scene.timings.graceMs / 8;
      await waitInVain(scene, limitMs, isThere);
    },
    judges: [
      restartsAreLimited,
      everyRequestIsServed('RST-5', { atLeast: 3, which: ({ method }) => method === 'probe/echo' }),
    ],
  },
  {
    id: 'restart/window-slides',
    isLong: true,
    title: 'Restarts that are older than the window count no more',
    requirements: ['RST-2'],
    does: 'With one restart allowed in 0.3 s, a worker is lost three times, each time when the last restart is older.',
    config: { limits: { max_restarts: 1, restart_window_sec: 0.3 } },
    async drive(scene) {
      const client = await scene.connect();
      for (let incarnation = 1; incarnation <= 3; incarnation++) {
        const probe = await scene.worker({ incarnation }, { requirement: 'RST-2' });
        const greetedMs = performance.now();
        await scene.until('the end of the window', () => performance.now() > greetedMs + 320);
        await end(scene, probe);
      }
      await scene.worker({ incarnation: 4 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's' });
    },
    judges: [aNewIncarnationServes, restartsAtLeast(3)],
  },
  {
    id: 'restart/storm',
    title: 'A slot can be restarted many times, as long as the window allows it',
    requirements: ['RST-2'],
    does: 'Ends the worker six times, each time as soon as it has answered; the window is next to nothing.',
    config: { limits: { max_restarts: 1000, restart_window_sec: 0.01 } },
    async drive(scene) {
      const client = await scene.connect();
      for (let incarnation = 1; incarnation <= 6; incarnation++) {
        const probe = await scene.worker({ incarnation }, { requirement: 'RST-2' });
        await client.echo({ sessionId: 's' });
        await end(scene, probe);
      }
      await scene.worker({ incarnation: 7 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's' });
    },
    judges: [aNewIncarnationServes, restartsAtLeast(6)],
  },
  {
    id: 'restart/slots-count-alone',
    title: 'The restarts of one slot do not count for another',
    requirements: ['RST-2'],
    does: 'With one restart allowed, each of two workers of a pool is lost once: both are restarted.',
    config: { pools: [{ id: 'main', instances: 2 }], limits: { max_restarts: 1 } },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      for (const slot of [0, 1]) {
        await end(scene, await scene.worker({ slot }));
        await scene.worker({ slot, incarnation: 2 }, { requirement: 'RST-2' });
      }
      await reachEach(scene, client, 2);
    },
    judges: [aNewIncarnationServes, restartsAtLeast(2)],
  },
  {
    id: 'restart/dying-pool',
    title: 'A pool whose workers exit at once, again and again, takes no other pool with it',
    requirements: ['RST-2', 'RST-5'],
    does:
      'The workers of the second pool exit at their start. It is restarted once, as allowed; its ' +
      'requests get errors, and those of the first pool are served all the time.',
    config: {
      pools: [{ id: 'main' }, { id: 'dying', traits: { exitAtStart: 3 } }],
      limits: { max_restarts: 1 },
    },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 'peace' });
      const find = () =>
        scene.probes.filter(({ pool, hasExited }) => pool === 'dying' && hasExited);
      const limitMs = scene.timings.startMs;
      const isLostTwice = () => find().length >= 2;
      await scene.until('the restart', isLostTwice, { limitMs, requirement: 'RST-2' });
      for (let n = 0; n < 3; n++) {
        await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
        await client.echo({ sessionId: 'peace' });
      }
    },
    judges: [restartsAreLimited, noSilenceWithoutWorkers('dying'), othersGoOn('RST-2')],
  },
  {
    id: 'restart/failed-start',
    title: 'A restart that cannot be carried out counts as a loss, and the bus goes on',
    requirements: ['RST-2', 'RST-5'],
    does:
      'The program of a pool is removed while its worker runs, and the worker exits: the one restart ' +
      'that is allowed fails, and with it the slot. Its requests get errors; the other pool serves.',
    isLaunchedByDrive: true,
    config: besides({ max_restarts: 1 }),
    async drive(scene) {
      const program = join(scene.folder, 'worker');
      symlinkSync(process.execPath, program);
      const config = scene.busConfig();
      const [main, dying] = config.pools;
      scene.launch({ config: { ...config, pools: [main, { ...dying, command: program }] } });
      const client = await firstConnection(scene);
      await client.echo({ pool: 'dying' });
      const probe = await scene.worker({ pool: 'dying' });
      unlinkSync(program);
      await end(scene, probe);
      for (let n = 0; n < 3; n++) {
        await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
        await client.echo({ sessionId: 'peace' });
      }
    },
    judges: [noSilenceWithoutWorkers('dying'), othersGoOn('RST-2')],
  },
];

/** A floor: so many restarts were seen. */
function restartsAtLeast(count: number) {
  return judgeOf('RST-2', {
    fault: () => undefined,
    floor: (story) =>
      restartsOf(story).length >= count ? undefined : `fewer than ${count} restarts were seen`,
  });
}
