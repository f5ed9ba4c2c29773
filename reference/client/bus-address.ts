import { type ListenAddress, tcpAddress, unixAddress } from '../bus/listen-address.ts';

/** Where a client finds a bus. */
export type BusAddress = Exclude<ListenAddress, { transport: 'stdio' }>;

/** The address in `tcp://HOST:PORT` or `unix:PATH`. Throws a RangeError in words. */
export function busAddress(url: string): BusAddress {
  if (url.startsWith('tcp://')) {
    const address = tcpAddress(url.slice('tcp://'.length));
    if (address.transport === 'tcp' && address.port > 0) return address;
    throw new RangeError(`"${url}" names no port to connect to`);
  }
  if (url.startsWith('unix:')) return unixAddress(url.slice('unix:'.length)) as BusAddress;
  throw new RangeError(`"${url}" is neither tcp://HOST:PORT nor unix:PATH`);
}
