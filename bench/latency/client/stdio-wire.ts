import { once } from 'node:events';
import { startGroup } from '../../subjects/process-group.ts';
import type { PeerAddress } from './address.ts';
import { reasonOf } from './dial.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { WireRequest } from './socket-wire.ts';
import { type Wire, WireError } from './wire.ts';

/** Frames as lines over the stdin and stdout of a bus that is started for it. */
export async function openStdioWire(
  { argv }: PeerAddress,
  { clock, events }: WireRequest,
): Promise<Wire> {
  clock.enter('connect');
  const group = await startGroup(argv, 'pipe').catch((error) => {
    throw new WireError(`${argv[0]}: ${reasonOf(error)}`, { cause: error });
  });
  const { stdin, stdout } = group.child;
  if (stdin === null || stdout === null) throw new WireError(`${argv[0]}: has no pipes`);
  const split = createLineSplitter();
  stdin.on('error', () => {});
  stdout.on('data', (bytes: Buffer) => events.onArrival(() => split(bytes)));
  void once(group.child, 'close').then(() => events.onClose(group.death ?? 'the bus ended'));
  return {
    encode: (json) => Buffer.from(`${json}\n`),
    write: (bytes) => void stdin.write(bytes),
    close: () => {
      stdin.end();
      void group.stop();
    },
  };
}
