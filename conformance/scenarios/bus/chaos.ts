import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { Nemesis } from '../../chaos/nemesis.ts';
import { chaosSchedule } from '../../chaos/schedule.ts';
import { everyRequestIsAnswered } from '../../judges/answered-requests.ts';
import { NotInTime } from '../../scene/waiter.ts';

const size = { clients: 5, sessions: 12, workers: 3, steps: 400 };

export const chaosScenarios: readonly BusScenario[] = [
  {
    id: 'chaos/nemesis',
    isLong: true,
    title: 'Whatever dies, stalls or talks nonsense, each request gets its one answer',
    requirements: ['COR-1', 'AFF-2', 'FRM-7'],
    does:
      'Clients and workers talk in twelve sessions while workers are killed, stopped and leave half ' +
      'lines, connections are cut or not read, and bad lines are sent: in an order that follows from ' +
      'the seed. Judged by the history alone. Where it fails, the schedule is cut down to the ' +
      'shortest that still does.',
    transports: sockets,
    stepCount: size.steps,
    config: {
      pools: [{ id: 'main', instances: size.workers }],
      // Restarts come at once, again and again.
      limits: { max_restarts: 1000, restart_window_sec: 0.05 },
    },
    async drive(scene) {
      await scene.workers();
      const nemesis = new Nemesis(scene);
      const schedule = chaosSchedule(scene.random, size);
      try {
        for (const [index, step] of schedule.entries()) {
          if (scene.isStepKept(index)) await nemesis.perform(step);
        }
      } catch (error) {
        if (!(error instanceof NotInTime)) throw error;
      } finally {
        await nemesis.end();
      }
      const client = await scene.connect();
      await client.echo({ sessionId: 'afterwards' });
    },
    judges: [everyRequestIsAnswered('COR-1', 20)],
  },
];
