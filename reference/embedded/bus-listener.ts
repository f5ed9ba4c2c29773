import type { Duplex } from 'node:stream';
import { type ListenAddress, tcpAddress, unixAddress } from '../bus/listen-address.ts';
import { listen } from '../bus/listener.ts';
import { stdioStream } from '../bus/stdio-stream.ts';

/** Where a bus is to be reached: one of the three. */
export type ListenTarget =
  | { readonly tcp: string; readonly unix?: never; readonly stdio?: never }
  | { readonly unix: string; readonly tcp?: never; readonly stdio?: never }
  | { readonly stdio: true; readonly tcp?: never; readonly unix?: never };

/** Accepts clients. */
export interface BusListener {
  /** `tcp://HOST:PORT` with the real port, `unix:PATH`, or `stdio:`. */
  readonly url: string;
  /** Resolves when it accepts no more: it was closed, or with stdio the one client has ended. */
  readonly ended: Promise<void>;
  /** Accepts no more; open connections stay. */
  close(): void;
}

/** Opens a listener. Rejects with a RangeError for what is no address, and a ListenError. */
export async function openListener(
  target: ListenTarget,
  onConnection: (stream: Duplex) => void,
): Promise<BusListener> {
  const address = addressFrom(target);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  if (address.transport === 'stdio') {
    const stream = stdioStream();
    stream.once('end', end).once('close', end);
    onConnection(stream);
    return { url: 'stdio:', ended, close: end };
  }
  const { url, close } = await listen(address, onConnection);
  let isClosed = false;
  return {
    url,
    ended,
    close() {
      if (isClosed) return;
      isClosed = true;
      close();
      end();
    },
  };
}

function addressFrom({ tcp, unix }: ListenTarget): ListenAddress {
  if (tcp !== undefined) return tcpAddress(tcp);
  return unix === undefined ? { transport: 'stdio' } : unixAddress(unix);
}
