import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';

/** How an adapter listens; paths of PEM files. */
export interface ListenSecurityOptions {
  readonly host: string;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /** Certificates that sign clients' certificates: mutual TLS. */
  readonly tlsCa?: string | undefined;
  /** Allows plaintext on other addresses than the loopback ones. */
  readonly isPlaintextAllowed?: boolean;
}

/** PEM, for whatever server it is. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Given: clients have to show a certificate that this has signed. */
  readonly ca: Buffer | undefined;
}

/** What an adapter was asked to do is wrong, in words: one line, and the command ends. */
export class AdapterSetupError extends Error {
  override name = 'AdapterSetupError';
}

/**
 * Reads and checks the files of TLS; undefined is plaintext. Throws an AdapterSetupError where a file
 * is wrong, and for plaintext on an address that is not loopback, unless that is allowed by name.
 */
export function listenSecurity(options: ListenSecurityOptions): TlsFiles | undefined {
  const { host, tlsCert, tlsKey, tlsCa, isPlaintextAllowed = false } = options;
  if (tlsCert === undefined && tlsKey === undefined) {
    if (tlsCa !== undefined) throw new AdapterSetupError('--tls-ca needs --tls-cert and --tls-key');
    if (isLoopback(host) || isPlaintextAllowed) return undefined;
    throw new AdapterSetupError(
      `${host} can be reached from elsewhere: give --tls-cert and --tls-key, or --insecure-plaintext`,
    );
  }
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new AdapterSetupError('--tls-cert and --tls-key go together');
  }
  const files = {
    cert: contentOf('--tls-cert', tlsCert),
    key: contentOf('--tls-key', tlsKey),
    ca: tlsCa === undefined ? undefined : contentOf('--tls-ca', tlsCa),
  };
  try {
    createSecureContext({ ...files });
  } catch (error) {
    throw new AdapterSetupError(
      `the certificate and the key cannot be used: ${(error as Error).message}`,
    );
  }
  // TLS would take it, and let nobody in.
  if (files.ca !== undefined && !isCertificate(files.ca)) {
    throw new AdapterSetupError(`--tls-ca: ${tlsCa} has no certificate in it`);
  }
  return files;
}

function isCertificate(pem: Buffer): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

/** Whether only this machine can reach it. A name other than `localhost` may be any address. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function contentOf(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AdapterSetupError(
      `${option}: ${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}`,
    );
  }
}
