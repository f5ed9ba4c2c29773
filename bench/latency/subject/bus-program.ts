import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filled, hasPlaceholder } from '../../subjects/argv.ts';
import { freePort } from '../../subjects/readiness.ts';
import { type StartedProcess, startListening } from './started-process.ts';

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url));
const host = '127.0.0.1';

/** The kit's own commands, as processes. */
export const kitCommand = [process.execPath, cli] as const;
export const referenceBus = [...kitCommand, 'serve'];
export const processWorker = [...kitCommand, 'worker', 'process'];

/** What is measured, as command lines. */
export interface BusProgram {
  /** With placeholders; without any, the standard flags are added. */
  readonly bus: readonly string[];
  readonly worker: readonly string[];
  /** Whether the bus is the reference, which can be told where to send its spans. */
  readonly isReference: boolean;
  /** For configurations, sockets and certificates. */
  readonly folder: string;
  readonly traceEndpoint: string | undefined;
}

let started = 0;

/** Starts the bus with one worker. Rejects with a StartError. */
export async function startBus(
  program: BusProgram,
  transport: 'tcp' | 'unix',
): Promise<StartedProcess> {
  const number = started++;
  const values = {
    config: configuration(program),
    host,
    port: String(await freePort()),
    socket: join(program.folder, `bus-${number}.sock`),
  };
  const flags = transport === 'tcp' ? ['--tcp', '{host}:{port}'] : ['--unix', '{socket}'];
  const argv = filled(withFlags(program, flags), values);
  const { port, socket } = values;
  return startListening(
    'the bus',
    argv,
    transport === 'tcp'
      ? { address: `tcp://${host}:${port}`, at: { host, port: Number(port) } }
      : { address: `unix:${socket}`, at: { path: socket } },
  );
}

/** The command line of a bus on its own stdin and stdout. */
export function stdioBus(program: BusProgram): readonly string[] {
  const values = { config: configuration(program), host, port: '0', socket: '' };
  return filled(withFlags(program, ['--stdio']), values);
}

function withFlags(program: BusProgram, listen: readonly string[]): readonly string[] {
  const { bus, isReference, traceEndpoint } = program;
  const isPlaced = hasPlaceholder(bus, 'port') || hasPlaceholder(bus, 'socket');
  const config = hasPlaceholder(bus, 'config') ? [] : ['--config', '{config}'];
  const trace =
    isReference && traceEndpoint !== undefined ? ['--trace-endpoint', traceEndpoint] : [];
  const quiet = isReference ? ['--log-level', 'error'] : [];
  return [...bus, ...config, ...(isPlaced ? [] : listen), ...trace, ...quiet];
}

function configuration({ worker, folder }: BusProgram): string {
  const [command, ...args] = worker;
  const file = join(folder, 'config.json');
  const pools = [{ id: 'process', command, args, instances: 1 }];
  writeFileSync(file, JSON.stringify({ pools }));
  return file;
}
