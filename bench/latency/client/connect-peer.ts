import { readFileSync } from 'node:fs';
import { PhaseClock } from '../measure/phase-clock.ts';
import { addressFrom, type PeerAddress, textOfAddress } from './address.ts';
import { openWire } from './open-wire.ts';
import { type Dialect, Peer } from './peer.ts';
import type { TimedWork } from './timed-work.ts';
import { WireError } from './wire.ts';

/** How to find and reach a peer; files are read at every connection, as a program that starts does. */
export interface Registration {
  /** As `addressFrom` reads it, or the command line of a bus on stdio. */
  readonly address: string | readonly string[];
  /** The way there, where it is not the address itself: the port of a delay link. */
  readonly linkPort?: number | undefined;
  readonly caFile?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly dialect: Dialect;
}

const readyTimeoutMs = 30_000;

/** Connects from nothing to ready: the bus has answered `hello`. Rejects with a WireError. */
export async function connectPeer(
  registration: Registration,
): Promise<{ readonly peer: Peer; readonly time: TimedWork }> {
  const clock = new PhaseClock();
  const startMs = performance.now();
  clock.enter('registration');
  const { caFile, tokenFile, linkPort, dialect } = registration;
  const found = peerAddressFrom(registration.address);
  const address = linkPort === undefined ? found : { ...found, host: '127.0.0.1', port: linkPort };
  const options = {
    isLink: linkPort !== undefined,
    ca: caFile && readFileSync(caFile, 'utf8'),
    token: tokenFile && readFileSync(tokenFile, 'utf8').trim(),
    serverName: /[a-z]/i.test(found.host) && !found.host.includes(':') ? found.host : undefined,
  };
  const peer = new Peer(dialect);
  const wire = await openWire(address, { clock, events: peer, options });
  peer.attach(wire);
  if (address.transport !== 'grpc' && address.transport !== 'grpc-tls') clock.enter('initialise');
  try {
    await initialised(peer, clock, textOfAddress(found));
  } catch (error) {
    peer.close();
    throw error;
  }
  clock.leave();
  const endMs = performance.now();
  return { peer, time: { startMs, endMs, spans: clock.spans } };
}

function initialised(peer: Peer, clock: PhaseClock, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new WireError(`${name}: ${reason}`));
    };
    const silence = `no answer to the first request within ${readyTimeoutMs / 1000} s`;
    const timer = setTimeout(fail, readyTimeoutMs, silence);
    if (peer.closeReason !== undefined) return fail(peer.closeReason);
    peer.onLost = fail;
    const done = () => {
      clearTimeout(timer);
      clock.enter('ready');
      // Any answer will do: a bus may have no `hello`, and is ready all the same.
      if (peer.dialect === 'codex') peer.notify('initialized');
      resolve();
    };
    if (peer.dialect === 'jsonrpc') peer.request('stdio_bus/hello', { protocolVersion: '1' }, done);
    else {
      const name = 'stdio-bus-kit';
      const clientInfo = { name, title: name, version: '1' };
      peer.request('initialize', { clientName: name, clientInfo }, done);
    }
  });
}

function peerAddressFrom(address: string | readonly string[]): PeerAddress {
  if (typeof address === 'string') return addressFrom(address);
  return { transport: 'stdio', host: '', port: 0, path: '', argv: address };
}

/** Closes it, and waits until it is closed. */
export async function closePeer(peer: Peer): Promise<void> {
  if (peer.closeReason !== undefined) return;
  await new Promise<void>((resolve) => {
    peer.onLost = () => resolve();
    peer.close();
  });
}
