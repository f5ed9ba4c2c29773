import { createLatencySamples } from './latency-samples.ts';
import { addCounts, emptyCounts, type IdleCommand, type LoadResult } from './load-command.ts';
import { createLoadConnection, type LoadConnection } from './load-connection.ts';
import { nowNs } from './now.ts';
import { openWires } from './open-wires.ts';
import { createQuietWait } from './quiet-wait.ts';

const frameBytes = 200;

/** Connections that are open and do nothing. */
export interface IdleConnections {
  /** One round trip on each. */
  ask(): Promise<LoadResult>;
  close(): void;
}

/** Opens them. Rejects where one is refused. */
export async function openIdleConnections(command: IdleCommand): Promise<IdleConnections> {
  const quiet = createQuietWait(command.quietMs);
  const connections: LoadConnection[] = [];
  let failure: string | undefined;
  const wires = await openWires(command.target, command.connections, {
    onRead(index, bytes, length) {
      const atNs = nowNs();
      quiet.touch(atNs);
      connections[index]?.read(bytes, length, atNs, false);
      quiet.check();
    },
    onClose(reason) {
      failure ??= reason;
    },
  });

  async function ask(): Promise<LoadResult> {
    const latency = createLatencySamples();
    const beganNs = nowNs();
    connections.length = 0;
    for (const [index, wire] of wires.entries()) {
      const load = { inFlight: 1, frameBytes, sessions: wires.length, method: 'echo', frames: 1 };
      const options = { ...load, wire, index, connections: wires.length, latency };
      connections.push(createLoadConnection(options));
    }
    let asked = 0;
    // One after another: idle connections do not speak all at once.
    while (asked < connections.length) {
      const connection = connections[asked++] as LoadConnection;
      connection.fill(nowNs());
      await quiet.until(() => connection.pending === 0);
    }
    const counts = emptyCounts();
    for (const connection of connections) {
      addCounts(counts, connection.counts);
      counts.lost += connection.pending;
    }
    const durationMs = (nowNs() - beganNs) / 1e6;
    const rates = { framesPerSec: 0, bytesPerSec: 0, generatorCpuShare: 0, durationMs };
    return { counts, ...rates, ...(failure !== undefined && { error: failure }) };
  }

  return {
    ask,
    close() {
      for (const wire of wires) wire.close();
    },
  };
}
