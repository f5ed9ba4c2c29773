import { HarnessError } from '../harness-error.ts';
import { type HostAndPort, KitProcess } from './kit-process.ts';

/** The adapters that clients can reach a subject through. */
export const adapterNames = ['grpc'] as const;

export type AdapterName = (typeof adapterNames)[number];

/** What an adapter is told of the configuration of the bus behind it. */
export interface AdapterSettings {
  readonly maxFrameBytes: number;
  readonly sessionIdField: string;
  readonly backpressureTimeoutSec: number;
}

export interface AdapterFrontOptions extends AdapterSettings {
  readonly adapter: AdapterName;
  /** How long each of its processes may take to listen. */
  readonly startMs: number;
}

/**
 * An adapter of the kit in front of a subject, and a bridge that gives the suite's clients TCP again.
 * Both are processes; where one of them fails, the subject is not to blame.
 */
export class AdapterFront {
  readonly #options: AdapterFrontOptions;
  readonly #processes: KitProcess[] = [];
  readonly #bridges = new Map<string, Promise<HostAndPort>>();

  constructor(options: AdapterFrontOptions) {
    this.#options = options;
  }

  /** Whether it stands in front of the bus at this address. */
  has(bus: HostAndPort): boolean {
    return this.#bridges.has(keyOf(bus));
  }

  /**
   * Where clients reach the bus at this address; the first time, it starts the adapter. Throws
   * HarnessError.
   */
  bridgeTo(bus: HostAndPort): Promise<HostAndPort> {
    const key = keyOf(bus);
    const bridge = this.#bridges.get(key) ?? this.#start(bus);
    this.#bridges.set(key, bridge);
    return bridge;
  }

  /** Stands in front of this bus no more: one that could not be reached. */
  forget(bus: HostAndPort): void {
    this.#bridges.delete(keyOf(bus));
    for (const process of this.#processes.splice(0)) process.destroy();
  }

  async #start(bus: HostAndPort): Promise<HostAndPort> {
    const { maxFrameBytes, sessionIdField, backpressureTimeoutSec, startMs } = this.#options;
    const anyPort = ['--listen', '127.0.0.1:0'];
    const adapter = this.#launch([
      ...['grpc', '--bus', `tcp://${textOf(bus)}`, ...anyPort, '--no-stats'],
      ...[`--max-frame-bytes=${maxFrameBytes}`, `--session-id-field=${sessionIdField}`],
      `--backpressure-timeout-sec=${backpressureTimeoutSec}`,
    ]);
    const grpc = textOf(await adapter.listening(startMs));
    return this.#launch(['grpc', 'bridge', '--grpc', grpc, ...anyPort]).listening(startMs);
  }

  #launch(args: readonly string[]): KitProcess {
    const process = new KitProcess(args);
    this.#processes.push(process);
    return process;
  }

  /** Throws HarnessError where one of its processes has ended by itself. */
  check(): void {
    const end = this.#processes.map((process) => process.end).find((each) => each !== undefined);
    if (end !== undefined) throw new HarnessError(`the adapter has ended: ${end}`);
  }

  destroy(): void {
    for (const process of this.#processes) process.destroy();
  }
}

function keyOf({ host, port }: HostAndPort): string {
  return `${host} ${port}`;
}

function textOf({ host, port }: HostAndPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
