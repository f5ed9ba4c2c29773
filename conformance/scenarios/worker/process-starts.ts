import {
  answersAre,
  type ExpectedAnswer,
  processEnded,
  processJudges,
} from '../../judges/worker/process-outcomes.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { commandEnv, ProcessClient } from './process-client.ts';

const codes = [0, 1, 2, 42, 127, 255];
const oddArguments = ['a b', '$HOME', '*', '', '"quoted"', 'é日😀', '-n', '\\'];
const many = Array.from({ length: 40 }, (_, n) => n);

const goodParams = {
  processId: 'bad',
  argv: ['true'],
  cwd: '/',
  env: commandEnv,
  tty: false,
  pipeStdin: false,
};

/** Params that no process can be started from. */
const badParams: Readonly<Record<string, object>> = {
  'empty argv': { ...goodParams, argv: [] },
  'no argv': { ...goodParams, argv: undefined },
  'argv as a text': { ...goodParams, argv: 'true' },
  'a number in argv': { ...goodParams, argv: ['true', 1] },
  'no cwd': { ...goodParams, cwd: undefined },
  'no processId': { ...goodParams, processId: undefined },
  'a number as processId': { ...goodParams, processId: 7 },
  'an empty processId': { ...goodParams, processId: '' },
  'a number in env': { ...goodParams, env: { A: 1 } },
  'pipeStdin as a text': { ...goodParams, pipeStdin: 'yes' },
};

const refused = (ids: readonly string[], code: number): Record<string, ExpectedAnswer> =>
  Object.fromEntries(ids.map((id) => [id, code]));

export const processStartScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-start/one-command',
    title: 'A command is started, and its output, exit and end are told',
    requirements: ['PRC-1', 'WRK-3'],
    does: 'Starts printf, and waits for process/closed.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['printf', 'hello\\n'], { id: 'start' }).response();
      await client.event('closed', 'p');
      await scene.stillAnswers(client.session);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: 'hello\n', stderr: '', exitCode: 0 }),
      answersAre('PRC-1', { start: { processId: 'p' } }),
      everyRequestIsAnswered('WRK-3'),
    ],
  },
  {
    id: 'process-start/exit-codes',
    title: 'The exit code is that of the command',
    requirements: ['PRC-1'],
    does: 'Starts commands that exit with different codes.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      for (const code of codes) await client.startShell(`p${code}`, `exit ${code}`);
      for (const code of codes) await client.event('closed', `p${code}`);
    },
    judges: [
      ...processJudges,
      ...codes.map((code) => processEnded(`p${code}`, { stdout: '', exitCode: code })),
    ],
  },
  {
    id: 'process-start/two-streams',
    title: 'Output is told by its stream',
    requirements: ['PRC-1'],
    does: 'Starts a command that writes to stdout and to stderr by turns.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'echo one; echo two >&2; echo three; echo four >&2; exit 5');
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: 'one\nthree\n', stderr: 'two\nfour\n', exitCode: 5 }),
    ],
  },
  {
    id: 'process-start/arguments',
    title: 'Arguments reach the command as they are, and no shell sees them',
    requirements: ['PRC-1'],
    does: 'Starts printf with arguments that hold blanks, quotes, patterns, variables and nothing.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['printf', '%s\\n', ...oddArguments]).response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: oddArguments.map((each) => `${each}\n`).join(''), exitCode: 0 }),
    ],
  },
  {
    id: 'process-start/environment',
    title: 'The command has the variables of env',
    requirements: ['PRC-1'],
    does: 'Starts a shell that prints variables which env gives.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      const env = { GIVEN: 'a b=c\nd', EMPTY: '' };
      await client.startShell('p', 'set -u; printf "%s|%s" "$GIVEN" "$EMPTY"', { env });
      await client.event('closed', 'p');
    },
    judges: [...processJudges, processEnded('p', { stdout: 'a b=c\nd|', exitCode: 0 })],
  },
  {
    id: 'process-start/folder',
    title: 'The command starts in cwd, given as a path or as a file URI',
    requirements: ['PRC-1'],
    does: 'Starts a shell that prints its folder, in / and in file:///.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('path', 'pwd', { cwd: '/' });
      await client.startShell('uri', 'pwd', { cwd: 'file:///' });
      for (const processId of ['path', 'uri']) await client.event('closed', processId);
    },
    judges: [
      ...processJudges,
      processEnded('path', { stdout: '/\n', exitCode: 0 }),
      processEnded('uri', { stdout: '/\n', exitCode: 0 }),
    ],
  },
  {
    id: 'process-start/not-there',
    title: 'A command or a folder that is not there is the error -32603, and no process',
    requirements: ['PRC-1', 'WRK-4'],
    does: 'Starts a program that is not there, by name and by path, and one in a folder that is not there; then starts a command under the same id.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['no-such-program-here'], { id: 'name' }).response();
      await client.start('p', ['/no/such/program'], { id: 'path' }).response();
      await client.start('p', ['true'], { cwd: '/no/such/folder', id: 'folder' }).response();
      await client.startShell('p', 'echo there');
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      answersAre('PRC-1', refused(['name', 'path', 'folder'], -32603)),
      processEnded('p', { stdout: 'there\n', exitCode: 0 }),
      everyRequestIsAnswered('WRK-4'),
    ],
  },
  {
    id: 'process-start/bad-params',
    title: 'Params that are none are the error -32602',
    requirements: ['PRC-1', 'WRK-4'],
    does: 'Asks for starts without argv, cwd and processId, and with members of wrong types.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      for (const [id, params] of Object.entries(badParams)) client.ask('start', params, id);
      await scene.allAnswered();
      await scene.stillAnswers(client.session);
    },
    judges: [
      ...processJudges,
      answersAre('PRC-1', refused(Object.keys(badParams), -32602)),
      everyRequestIsAnswered('WRK-4'),
    ],
  },
  {
    id: 'process-start/id-in-use',
    title: 'An id that is in use is the error -32600, also when its process has ended',
    requirements: ['PRC-1', 'PRC-2'],
    does: 'Starts a command under the id of one that runs, and of one that is closed.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('runs', 'sleep 600');
      await client.startShell('ended', 'echo first');
      await client.event('closed', 'ended');
      await client.start('runs', ['true'], { id: 'of the running' }).response();
      await client.start('ended', ['true'], { id: 'of the ended' }).response();
      await client.terminate('runs').response();
      await client.event('closed', 'runs');
      await client.readAll('ended');
    },
    judges: [
      ...processJudges,
      answersAre('PRC-1', refused(['of the running', 'of the ended'], -32600)),
      answersAre('PRC-2', refused(['of the ended'], -32600)),
      processEnded('ended', { stdout: 'first\n', exitCode: 0 }),
    ],
  },
  {
    id: 'process-start/sessions-apart',
    title: 'Two sessions have their own processes, also under the same id',
    requirements: ['PRC-1', 'WRK-3', 'PRC-4'],
    does: 'Starts a command of the same id in two sessions, and asks in the second for a process that only the first has.',
    transports: pipe,
    async drive(scene) {
      const one = await ProcessClient.open(scene);
      const two = await ProcessClient.open(scene);
      await one.startShell('p', 'echo one; exit 1');
      await two.startShell('p', 'echo two; exit 2');
      await one.startShell('own', 'sleep 600');
      await two.read('own', { id: 'read' }).response();
      await two.write('own', 'x', undefined, 'write').response();
      await two.signal('own', 'kill', 'signal').response();
      await two.terminate('own', 'terminate').response();
      await one.terminate('own', 'own').response();
      for (const client of [one, two]) {
        await client.event('closed', 'p');
        await client.readAll('p');
      }
    },
    judges: [
      ...processJudges,
      processEnded('p', { session: 's1', stdout: 'one\n', exitCode: 1 }),
      processEnded('p', { session: 's2', stdout: 'two\n', exitCode: 2 }),
      answersAre('PRC-1', {
        write: { status: 'unknownProcess' },
        signal: -32600,
        terminate: { running: false },
        own: { running: true },
      }),
      answersAre('PRC-4', { read: -32600 }),
      everyRequestIsAnswered('WRK-3'),
    ],
  },
  {
    id: 'process-start/many-at-once',
    title: 'Forty commands at once each have their own output and exit code',
    requirements: ['PRC-1', 'WRK-5'],
    does: 'Starts forty commands without waiting, each with another output and exit code.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      for (const n of many) client.start(`p${n}`, ['sh', '-c', `echo ${n}; exit ${n}`]);
      await scene.allAnswered({ limitMs: scene.timings.startMs });
      for (const n of many) await client.event('closed', `p${n}`);
    },
    judges: [
      ...processJudges,
      ...many.map((n) => processEnded(`p${n}`, { stdout: `${n}\n`, exitCode: n })),
      everyRequestIsAnswered('WRK-5', { atLeast: 40 }),
    ],
  },
];
