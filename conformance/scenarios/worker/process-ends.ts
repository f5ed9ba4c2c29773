import { answersAre, processEnded, processJudges } from '../../judges/worker/process-outcomes.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';
import { ProcessClient } from './process-client.ts';

const signals = { interrupt: 130, terminate: 143, kill: 137 } as const;
/** From SIGTERM to SIGKILL. */
const killDelayMs = 5000;

const stops = {
  sigterm: {
    requirement: 'WRK-7',
    words: 'SIGTERM',
    ask: (scene: WorkerScene) => scene.signal('SIGTERM'),
  },
  'stdin-end': {
    requirement: 'WRK-8',
    words: 'the end of stdin',
    ask: (scene: WorkerScene) => scene.endStdin(),
  },
} as const;

/** What happens to a running command when the worker is told to end. */
function stopScenario(name: keyof typeof stops): WorkerScenario {
  const { requirement, words, ask } = stops[name];
  return {
    id: `process-end/${name}`,
    title: `At ${words} running commands are ended, reads are answered, and the last events come`,
    requirements: ['PRC-1', requirement, 'PRC-3'],
    does: `Starts two commands, one of which has started another, lets a read wait, and then comes ${words}.`,
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'echo ready; exec sleep 600');
      await client.startShell('q', 'sleep 600 & echo ready; wait');
      await client.output('p', 'ready');
      await client.output('q', 'ready');
      client.read('p', { afterSeq: 1, waitMs: 60_000 });
      await scene.stillAnswers(client.session);
      ask(scene);
      await scene.ended(requirement);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: 'ready\n', exitCode: [143, 137] }),
      processEnded('q', { stdout: 'ready\n', exitCode: [143, 137] }),
      everyRequestIsAnswered(requirement),
      everyRequestIsAnswered('PRC-3', {
        which: ({ method }) => method === 'process/read',
        atLeast: 1,
      }),
    ],
  };
}

export const processEndScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-signal/exit-codes',
    title: 'A signal ends the command, with the exit code 128 + its number',
    requirements: ['PRC-1'],
    does: 'Sends interrupt, terminate and kill to a command each.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      for (const signal of Object.keys(signals)) {
        await client.startShell(signal, 'echo ready; exec sleep 600');
        await client.output(signal, 'ready');
        await client.signal(signal, signal, signal).response();
      }
      for (const signal of Object.keys(signals)) await client.event('closed', signal);
    },
    judges: [
      ...processJudges,
      ...Object.entries(signals).map(([signal, exitCode]) =>
        processEnded(signal, { stdout: 'ready\n', exitCode }),
      ),
      answersAre('PRC-1', { interrupt: {}, terminate: {}, kill: {} }),
    ],
  },
  {
    id: 'process-signal/group',
    title: 'A signal reaches what the command has started',
    requirements: ['PRC-1'],
    does: 'Sends terminate to a shell that waits for a process which it has started: that one holds the streams, too.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600 & echo ready; wait');
      await client.output('p', 'ready');
      await client.signal('p', 'terminate').response();
      await client.event('closed', 'p');
    },
    judges: [...processJudges, processEnded('p', { stdout: 'ready\n', exitCode: 143 })],
  },
  {
    id: 'process-signal/handled',
    title: 'A command may take a signal and end in its own way',
    requirements: ['PRC-1'],
    does: 'Sends interrupt to a shell that has a trap for it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      const text = 'trap "echo caught; exit 7" INT; echo ready; while :; do sleep 1; done';
      await client.startShell('p', text);
      await client.output('p', 'ready');
      await client.signal('p', 'interrupt').response();
      await client.event('closed', 'p');
    },
    judges: [...processJudges, processEnded('p', { stdout: 'ready\ncaught\n', exitCode: 7 })],
  },
  {
    id: 'process-signal/nobody',
    title:
      'A signal to an ended command does nothing; to an unknown process, or of an unknown name, it is an error',
    requirements: ['PRC-1'],
    does: 'Signals a closed process and one that is not there, and asks for a signal that the profile does not have.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'exit 0');
      await client.event('closed', 'p');
      await client.signal('p', 'kill', 'ended').response();
      await client.signal('nobody', 'kill', 'unknown').response();
      await client.signal('p', 'SIGKILL', 'no signal').response();
      await scene.stillAnswers(client.session);
    },
    judges: [
      ...processJudges,
      processEnded('p', { exitCode: 0 }),
      answersAre('PRC-1', { ended: {}, unknown: -32600, 'no signal': -32602 }),
    ],
  },
  {
    id: 'process-terminate/running',
    title: 'process/terminate ends a running command and says whether there was one',
    requirements: ['PRC-1'],
    does: 'Terminates a command that runs, the same one when it has ended, and one that is not there.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'exec sleep 600');
      await client.terminate('p', 'running').response();
      await client.event('closed', 'p');
      await client.terminate('p', 'ended').response();
      await client.terminate('nobody', 'unknown').response();
    },
    judges: [
      ...processJudges,
      processEnded('p', { exitCode: [143, 137] }),
      answersAre('PRC-1', {
        running: { running: true },
        ended: { running: false },
        unknown: { running: false },
      }),
    ],
  },
  {
    id: 'process-terminate/left-behind',
    title: 'process/terminate ends what a command has left behind',
    requirements: ['PRC-1'],
    does: 'Lets a command exit while a process that it has started holds its streams, and terminates it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600 & exit 0');
      await client.event('exited', 'p');
      await client.terminate('p', 'left').response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { exitCode: 0 }),
      answersAre('PRC-1', { left: { running: false } }),
    ],
  },
  {
    id: 'process-terminate/ignores-sigterm',
    title: 'A command that ignores SIGTERM is killed within 5 s',
    requirements: ['PRC-1'],
    does: 'Terminates a shell that ignores SIGTERM, and waits for its end.',
    transports: pipe,
    isLong: true,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'trap "" TERM; echo ready; while :; do sleep 1; done');
      await client.output('p', 'ready');
      await client.terminate('p', 'running').response();
      await client.event('closed', 'p', killDelayMs);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: 'ready\n', exitCode: 137 }),
      answersAre('PRC-1', { running: { running: true } }),
    ],
  },
  stopScenario('sigterm'),
  stopScenario('stdin-end'),
];
