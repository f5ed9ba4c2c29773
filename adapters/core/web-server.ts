import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { bracketed, listenError } from '../../reference/bus/listener.ts';
import type { TlsFiles } from './listen-security.ts';

/** Milliseconds for the headers of a request. */
const headersTimeoutMs = 20_000;

/**
 * An HTTP/1.1 server, with TLS where there are files for it; clients' certificates are then verified
 * before anything is read. TCP_NODELAY is on (FLW-4).
 */
export function createWebServer(tls: TlsFiles | undefined, onRequest: RequestListener): Server {
  // A stream of frames may last: each route says itself how long its body may take.
  const options = { noDelay: true, requestTimeout: 0, headersTimeout: headersTimeoutMs };
  if (tls === undefined) return createServer(options, onRequest);
  const { cert, key, ca } = tls;
  const mutual = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  return createTlsServer({ ...options, cert, key, ...mutual }, onRequest);
}

/** Listens; resolves with `HOST:PORT` and the real port. Rejects with a ListenError. */
export function openWebServer(
  server: Server,
  { host, port, scheme }: { readonly host: string; readonly port: number; readonly scheme: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      reject(listenError(`${scheme}://${bracketed(host)}:${port}`, error));
    server.once('error', onError);
    server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port }, () => {
      server.off('error', onError);
      resolve(`${bracketed(host)}:${(server.address() as AddressInfo).port}`);
    });
  });
}
