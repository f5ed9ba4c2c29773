import { existsSync } from 'node:fs';
import { parsedArgs, UsageError } from '../../command.ts';
import type {
  Arm,
  CompletionMode,
  LatencySettings,
  LatencyTransport,
} from '../../schemas/generated/latency-report.ts';
import { type ReportFile, reportFilesFrom } from '../report/report-files.ts';
import { argvFrom } from '../subjects/argv.ts';
import { addressFrom } from './client/address.ts';
import type { Dialect } from './client/peer.ts';
import { processWorker, referenceBus } from './subject/bus-program.ts';
import type { RemotePeer } from './subject/route.ts';

const transports: readonly LatencyTransport[] = [
  'tcp',
  'unix',
  'stdio',
  'grpc',
  'grpc-tls',
  'ws',
  'ws-tls',
];
const modes: readonly CompletionMode[] = ['read', 'events'];
const pools: readonly Arm['pool'][] = ['warm', 'cold'];
const maxRttMs = 10_000;

/** What a run is asked for. */
export interface LatencyOptions {
  readonly arms: readonly Arm[];
  readonly settings: LatencySettings;
  readonly seed: string;
  readonly bus: readonly string[];
  readonly isReference: boolean;
  readonly worker: readonly string[];
  readonly remote: RemotePeer | undefined;
  readonly reports: readonly ReportFile[];
  readonly otlp: string | undefined;
  readonly isPhasesAsked: boolean;
}

/** Reads the command line. Throws UsageError. */
export function latencyOptionsFrom(args: string[]): LatencyOptions {
  const end = args.indexOf('--');
  const { positionals, values } = parsedArgs('bench latency', {
    args: end < 0 ? args : args.slice(0, end),
    options: {
      rtt: { type: 'string' },
      transport: { type: 'string' },
      mode: { type: 'string', default: modes.join(',') },
      pool: { type: 'string', default: 'warm' },
      samples: { type: 'string' },
      warmups: { type: 'string' },
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      seed: { type: 'string' },
      bus: { type: 'string' },
      worker: { type: 'string' },
      remote: { type: 'string' },
      dialect: { type: 'string' },
      ca: { type: 'string' },
      'token-file': { type: 'string' },
      cwd: { type: 'string', default: '/' },
      report: { type: 'string' },
      otlp: { type: 'string' },
      phases: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 0) {
    throw new UsageError(
      `bench latency: "${positionals[0]}" is too much; a command stands after --`,
    );
  }
  const remote = remoteFrom(values);
  const command = end < 0 ? ['/bin/true'] : args.slice(end + 1);
  if (command.length === 0) throw new UsageError('bench latency: after -- stands a command');
  const effort = values.quick ? { samples: 10, warmups: 2, runs: 1 } : undefined;
  const settings = {
    samples: count('--samples', values.samples, { least: 1, other: effort?.samples ?? 30 }),
    warmups: count('--warmups', values.warmups, { least: 0, other: effort?.warmups ?? 5 }),
    runs: count('--runs', values.runs, { least: 1, other: effort?.runs ?? 3 }),
    command,
    cwd: values.cwd,
  };
  const seed = values.seed ?? String(Date.now());
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(seed)) {
    throw new UsageError(`--seed has up to 64 letters, digits, - and _, not "${seed}"`);
  }
  return {
    arms: armsFrom({
      rttMs: roundTrips(values.rtt ?? (remote === undefined ? '0,80' : '0')),
      transports: transportsFrom(values.transport, remote),
      modes: listed('--mode', values.mode, modes),
      pools: listed('--pool', values.pool, pools),
      remote: remote?.address,
    }),
    settings,
    seed,
    bus: values.bus === undefined ? referenceBus : argv('--bus', values.bus),
    isReference: values.bus === undefined,
    worker: values.worker === undefined ? processWorker : argv('--worker', values.worker),
    remote,
    reports: values.report === undefined ? [] : reportFilesFrom(values.report),
    otlp: values.otlp,
    isPhasesAsked: values.phases,
  };
}

interface ArmLists {
  readonly rttMs: readonly number[];
  readonly transports: readonly LatencyTransport[];
  readonly modes: readonly CompletionMode[];
  readonly pools: readonly Arm['pool'][];
  readonly remote: string | undefined;
}

/** Every setting with every other; a delay link needs TCP. */
function armsFrom({ rttMs, transports, modes, pools, remote }: ArmLists): Arm[] {
  const arms = transports.flatMap((transport) =>
    rttMs.flatMap((rtt) =>
      pools.flatMap((pool) =>
        modes.map(
          (mode): Arm => ({
            name: `${transport}/${mode}/${rtt}ms/${pool}`,
            transport,
            mode,
            rttMs: rtt,
            pool,
            ...(remote === undefined ? {} : { remote }),
          }),
        ),
      ),
    ),
  );
  const possible = arms.filter(
    ({ transport, rttMs: rtt }) => rtt === 0 || (transport !== 'unix' && transport !== 'stdio'),
  );
  if (possible.length > 0) return possible;
  throw new UsageError('--rtt: a delay link needs TCP below, so unix and stdio have 0 only');
}

function transportsFrom(text: string | undefined, remote: RemotePeer | undefined) {
  if (remote === undefined) {
    return listed('--transport', text ?? transports.join(','), transports);
  }
  if (text !== undefined)
    throw new UsageError('--remote says the transport: leave out --transport');
  return [addressFrom(remote.address).transport];
}

interface RemoteValues {
  readonly remote: string | undefined;
  readonly dialect: string | undefined;
  readonly ca: string | undefined;
  readonly 'token-file': string | undefined;
  readonly bus: string | undefined;
  readonly worker: string | undefined;
  readonly pool: string;
}

function remoteFrom(values: RemoteValues): RemotePeer | undefined {
  const { remote: address, ca, 'token-file': tokenFile, dialect = 'jsonrpc' } = values;
  if (address === undefined) {
    for (const name of ['dialect', 'ca', 'token-file'] as const) {
      if (values[name] !== undefined) throw new UsageError(`--${name} goes with --remote only`);
    }
    return undefined;
  }
  for (const name of ['bus', 'worker'] as const) {
    if (values[name] !== undefined) {
      throw new UsageError(
        `--${name} starts a peer, --remote names one that runs: give one of them`,
      );
    }
  }
  if (values.pool !== 'warm') throw new UsageError('--pool cold needs a bus that is started here');
  addressFrom(address);
  if (dialect !== 'jsonrpc' && dialect !== 'codex') {
    throw new UsageError(`--dialect is jsonrpc or codex, not "${dialect}"`);
  }
  for (const file of [ca, tokenFile]) {
    if (file !== undefined && !existsSync(file)) throw new UsageError(`there is no file "${file}"`);
  }
  return { address, caFile: ca, tokenFile, dialect: dialect satisfies Dialect };
}

function roundTrips(text: string): number[] {
  return [...new Set(text.split(',').map(roundTrip))];
}

function roundTrip(text: string): number {
  const rttMs = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && rttMs <= maxRttMs) return rttMs;
  throw new UsageError(
    `--rtt takes milliseconds from 0 to ${maxRttMs}, as in 0,20,80, not "${text}"`,
  );
}

function listed<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  return [...new Set(text.split(','))].map((word) => {
    const found = known.find((one) => one === word);
    if (found !== undefined) return found;
    throw new UsageError(`${option} takes ${known.join(', ')}, not "${word}"`);
  });
}

function argv(option: string, text: string): string[] {
  const words = argvFrom(text);
  if (words.length === 0) throw new UsageError(`${option} is a command line, not nothing`);
  return words;
}

function count(
  option: string,
  text: string | undefined,
  { least, other }: { readonly least: number; readonly other: number },
): number {
  if (text === undefined) return other;
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= least) return number;
  throw new UsageError(`${option} is a whole number from ${least} up, not "${text}"`);
}
