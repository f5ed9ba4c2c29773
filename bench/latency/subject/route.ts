import type { Arm } from '../../../schemas/generated/latency-report.ts';
import { addressFrom } from '../client/address.ts';
import type { Registration } from '../client/connect-peer.ts';
import { type RunningLink, startLink } from '../delay/running-link.ts';
import { certificate, isAdapterTransport, startAdapter } from './adapter-program.ts';
import { type BusProgram, startBus, stdioBus } from './bus-program.ts';
import type { StartedProcess } from './started-process.ts';

/** How an arm's client reaches its peer. */
export interface Route {
  readonly registration: Registration;
  /** Of what was started for this route alone. */
  stop(): Promise<void>;
}

/** An executor or bus that runs already. */
export type RemotePeer = Omit<Registration, 'linkPort'> & { readonly address: string };

/**
 * Starts and keeps what arms need: one bus for each socket, one adapter for each transport, one delay
 * link for each of them and round trip. An arm with a cold pool gets all of it fresh.
 */
export class Routes {
  readonly #program: BusProgram;
  readonly #remote: RemotePeer | undefined;
  readonly #kept = new Map<string, Promise<StartedProcess>>();
  readonly #links = new Map<string, Promise<RunningLink>>();

  constructor(program: BusProgram, remote: RemotePeer | undefined) {
    this.#program = program;
    this.#remote = remote;
  }

  /** Rejects with a StartError. */
  async to(arm: Arm): Promise<Route> {
    const started: StartedProcess[] = [];
    const keep = async (name: string, start: () => Promise<StartedProcess>) => {
      if (arm.pool === 'warm') return this.#keep(name, start);
      const process = await start();
      started.push(process);
      return process;
    };
    const stop = async () => {
      for (const process of started.reverse()) await process.stop();
    };
    try {
      const registration = await this.#registration(arm, keep);
      const linkPort = arm.rttMs > 0 ? await this.#link(registration, arm.rttMs) : undefined;
      return { registration: { ...registration, linkPort }, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const link of this.#links.values()) await (await link.catch(() => undefined))?.stop();
    for (const process of [...this.#kept.values()].reverse()) {
      await (await process.catch(() => undefined))?.stop();
    }
  }

  async #registration(arm: Arm, keep: Keep): Promise<Registration> {
    const program = this.#program;
    const { transport } = arm;
    if (this.#remote !== undefined) return this.#remote;
    if (transport === 'stdio') return { address: stdioBus(program), dialect: 'jsonrpc' };
    if (!isAdapterTransport(transport)) {
      const socket = transport === 'unix' ? 'unix' : 'tcp';
      const { address } = await keep(socket, () => startBus(program, socket));
      return { address, dialect: 'jsonrpc' };
    }
    const bus = await keep('tcp', () => startBus(program, 'tcp'));
    const { address } = await keep(transport, () =>
      startAdapter(transport, bus.address, program.folder),
    );
    const isTls = transport.endsWith('-tls');
    const caFile = isTls ? certificate(program.folder).certFile : undefined;
    return { address, caFile, dialect: 'jsonrpc' };
  }

  #keep(name: string, start: () => Promise<StartedProcess>): Promise<StartedProcess> {
    const kept = this.#kept.get(name) ?? start();
    this.#kept.set(name, kept);
    return kept;
  }

  async #link({ address }: Registration, rttMs: number): Promise<number> {
    const { host, port } = addressFrom(String(address));
    const name = `${host} ${port} ${rttMs}`;
    const link = this.#links.get(name) ?? startLink({ host, port, rttMs, announcesConnect: true });
    this.#links.set(name, link);
    return (await link).port;
  }
}

type Keep = (name: string, start: () => Promise<StartedProcess>) => Promise<StartedProcess>;
