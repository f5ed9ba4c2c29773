import { createArrivals } from './arrivals.ts';
import { fenceFrame } from './frame-ring.ts';
import { createLatencySamples } from './latency-samples.ts';
import { addCounts, emptyCounts, type LoadCommand, type LoadResult } from './load-command.ts';
import { createLoadConnection, type LoadConnection } from './load-connection.ts';
import { createMeasuredWindow } from './measured-window.ts';
import { nowNs } from './now.ts';
import { openWires } from './open-wires.ts';
import { createQuietWait } from './quiet-wait.ts';
import { sessionOwnersOf } from './session-owners.ts';

/** Runs one load to its end: warm-up, measured time, the answers that are still due, a fence. */
export async function runLoad(command: LoadCommand): Promise<LoadResult> {
  const latency = createLatencySamples();
  const quiet = createQuietWait(command.quietMs);
  const connections: LoadConnection[] = [];
  const arrivals = command.ratePerSec ? await createArrivals(command.ratePerSec) : undefined;
  let bytesRead = 0;
  let isBegun = false;
  let failure: string | undefined;

  const wires = await openWires(command.target, command.connections, {
    onRead(index, bytes, length) {
      const connection = connections[index] as LoadConnection;
      const atNs = nowNs();
      bytesRead += length;
      quiet.touch(atNs);
      connection.read(bytes, length, atNs, arrivals !== undefined || window.isOpen);
      window.tick(atNs);
      if (arrivals !== undefined) arrivals.sendDue(atNs);
      else if (isBegun && !window.isOver) connection.fill(atNs);
      if (connection.pending === 0) quiet.check();
    },
    onClose(reason) {
      failure ??= reason;
      quiet.end();
    },
  });
  const frames = Math.ceil((command.frames ?? Number.POSITIVE_INFINITY) / wires.length);
  const window = createMeasuredWindow({
    warmUpMs: command.frames === undefined ? command.warmUpMs : 0,
    durationMs: command.frames === undefined ? command.durationMs : Number.POSITIVE_INFINITY,
    answered: () => connections.reduce((sum, { counts }) => sum + counts.answered, 0),
  });

  for (const [index, wire] of wires.entries()) {
    const shape = { ...command, wire, index, connections: wires.length, latency, frames };
    connections.push(
      createLoadConnection({
        ...shape,
        ...(arrivals && { since: window }),
        ...(command.method === 'tell' && { owners: sessionOwnersOf(command.target) }),
      }),
    );
  }

  const isHeld = command.method === 'hold';
  const fence = fenceFrame(command.frameBytes, isHeld ? 'release' : command.method);
  if (command.target.kind === 'command' && command.frames === undefined) {
    // It has only just been started, which is no part of what is measured.
    for (const wire of wires) wire.write(fence);
    await quiet.until(() => connections.every(({ isFenceAnswered }) => isFenceAnswered));
    for (const connection of connections) connection.awaitFence();
  }
  window.begin(nowNs());
  isBegun = true;
  if (arrivals !== undefined) arrivals.begin({ connections, window });
  else for (const { fill } of connections) fill(nowNs());
  if (isHeld) for (const wire of wires) wire.write(fence);
  await quiet.until(() => {
    const isAllSent = window.isOver || connections.every(({ counts }) => counts.sent >= frames);
    return isAllSent && connections.every(({ pending }) => pending === 0);
  });
  window.close(nowNs());
  arrivals?.stop();
  if (!isHeld && failure === undefined) {
    // A doubled answer comes before the fence's.
    for (const wire of wires) wire.write(fence);
    await quiet.until(() => connections.every(({ isFenceAnswered }) => isFenceAnswered));
  }
  const error = failure ?? strangeIn(connections);
  for (const wire of wires) wire.close();

  const counts = totalOf(connections);
  const answerBytes = counts.answered === 0 ? 0 : bytesRead / counts.answered;
  const summary = latency.summary();
  const histogram = latency.histogram();
  const lateness = arrivals?.latenessUs();
  return {
    counts,
    ...window.rates(command.frameBytes + answerBytes),
    ...(summary && { latencyUs: summary }),
    ...(histogram && { histogram }),
    ...(lateness !== undefined && { generatorLatenessUs: lateness }),
    ...(error !== undefined && { error }),
  };
}

function totalOf(connections: readonly LoadConnection[]) {
  const total = emptyCounts();
  for (const { counts } of connections) {
    addCounts(total, counts);
    total.lost += counts.sent - counts.answered;
  }
  return total;
}

function strangeIn(connections: readonly LoadConnection[]): string | undefined {
  const line = connections.find(({ strange }) => strange !== undefined)?.strange;
  return line === undefined ? undefined : `no answer: ${line}`;
}
