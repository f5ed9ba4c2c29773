import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { type ConnectGrpcOptions, connectGrpc, type GrpcClient } from './connect-grpc.ts';
import { createGrpcAdapter, type GrpcAdapter, type GrpcAdapterOptions } from './grpc-adapter.ts';

/** An adapter in this process, and a client of it; both end with the test. */
export interface AdapterUnderTest {
  readonly adapter: GrpcAdapter;
  readonly client: GrpcClient;
  connect(options?: ConnectGrpcOptions): GrpcClient;
}

/** Starts an adapter on a free port, by default in front of a bus with one probe worker. */
export async function startAdapter(
  t: Test,
  options: Partial<GrpcAdapterOptions> = {},
): Promise<AdapterUnderTest> {
  const adapter = await createGrpcAdapter({ bus: probeConfig(), ...options });
  t.teardown(() => adapter.destroy());
  const connect = (how?: ConnectGrpcOptions) => {
    const client = connectGrpc(adapter.url, how);
    t.teardown(() => client.close());
    return client;
  };
  return { adapter, client: connect(), connect };
}

/** A bus with the test's own worker of the process profile. */
export function processConfig(...args: string[]): BusConfig {
  const worker = fileURLToPath(
    new URL('../../../adapters/grpc/fixtures/process-worker.mjs', import.meta.url),
  );
  return { pools: [{ id: 'main', command: process.execPath, args: [worker, ...args] }] };
}
