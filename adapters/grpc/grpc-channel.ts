import {
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  credentials,
  Metadata,
  makeClientConstructor,
} from '@grpc/grpc-js';
import { busService, processService } from './package-definition.ts';

/** How to reach an adapter. */
export interface GrpcTarget {
  /** `HOST:PORT`, `grpc://HOST:PORT`, or `grpcs://HOST:PORT` for TLS. */
  readonly url: string;
  /** PEM: who signs the adapter's certificate; the system's, by default. */
  readonly ca?: Buffer | undefined;
  /** PEM: this client's certificate and key, for mutual TLS. */
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
  /** The name in the adapter's certificate, where it is not the host. */
  readonly serverName?: string | undefined;
  readonly token?: string | undefined;
}

/** The clients of both services, on one connection, and the metadata that every call has. */
export interface GrpcChannel {
  readonly bus: Client & Record<string, (...args: never[]) => unknown>;
  readonly process: Client & Record<string, (...args: never[]) => unknown>;
  metadata(entries: Readonly<Record<string, string | undefined>>): Metadata;
  close(): void;
}

/** Opens a channel; it connects when it is first used. Throws a RangeError where the URL is none. */
export function openGrpcChannel(target: GrpcTarget): GrpcChannel {
  const { address, isSecure } = addressFrom(target.url);
  const { ca, cert, key, serverName, token } = target;
  const isTls = isSecure || ca !== undefined || cert !== undefined;
  const channelCredentials: ChannelCredentials = isTls
    ? credentials.createSsl(ca ?? null, key ?? null, cert ?? null)
    : credentials.createInsecure();
  const options: ClientOptions = {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    // Whoever gives up decides by itself.
    'grpc.enable_retries': 0,
    ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName }),
  };
  const Bus = makeClientConstructor(busService, 'Bus');
  const Process = makeClientConstructor(processService, 'Process');
  const bus = new Bus(address, channelCredentials, options);
  const process = new Process(address, channelCredentials, {
    ...options,
    channelOverride: bus.getChannel(),
  });
  return {
    bus: bus as unknown as GrpcChannel['bus'],
    process: process as unknown as GrpcChannel['process'],
    metadata(entries) {
      const metadata = new Metadata();
      if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
      for (const [name, value] of Object.entries(entries)) {
        if (value !== undefined) metadata.set(name, value);
      }
      return metadata;
    },
    close: () => bus.close(),
  };
}

function addressFrom(url: string): { address: string; isSecure: boolean } {
  const match = /^(?:(?<scheme>grpcs?):\/\/)?(?<address>(?:\[[^\]]+\]|[^:/[\]]+):\d{1,5})$/.exec(
    url,
  );
  const { scheme, address } = match?.groups ?? {};
  if (address === undefined) {
    throw new RangeError(`"${url}" is neither HOST:PORT, grpc://HOST:PORT nor grpcs://HOST:PORT`);
  }
  return { address, isSecure: scheme === 'grpcs' };
}
