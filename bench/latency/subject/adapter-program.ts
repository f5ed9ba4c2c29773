import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LatencyTransport } from '../../../schemas/generated/latency-report.ts';
import { freePort } from '../../subjects/readiness.ts';
import { kitCommand } from './bus-program.ts';
import { StartError, type StartedProcess, startListening } from './started-process.ts';

const host = '127.0.0.1';

export type AdapterTransport = Extract<LatencyTransport, 'grpc' | 'grpc-tls' | 'ws' | 'ws-tls'>;

export function isAdapterTransport(transport: LatencyTransport): transport is AdapterTransport {
  return transport.startsWith('grpc') || transport.startsWith('ws');
}

/** Starts the kit's adapter of this transport before a bus. Rejects with a StartError. */
export async function startAdapter(
  transport: AdapterTransport,
  busAddress: string,
  folder: string,
): Promise<StartedProcess> {
  const [kind = ''] = transport.split('-');
  const isTls = transport.endsWith('-tls');
  const port = await freePort();
  const flags = ['--bus', busAddress, '--listen', `${host}:${port}`, '--log-level', 'error'];
  if (isTls) {
    const { certFile, keyFile } = certificate(folder);
    flags.push('--tls-cert', certFile, '--tls-key', keyFile);
  }
  const address = `${kind}${isTls ? 's' : ''}://${host}:${port}`;
  const argv = [...kitCommand, kind, ...flags];
  return startListening(`the ${kind} adapter`, argv, { address, at: { host, port } });
}

/** A certificate of this machine's loopback that is its own CA, made once. Throws StartError. */
export function certificate(folder: string): {
  readonly certFile: string;
  readonly keyFile: string;
} {
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  if (existsSync(certFile)) return { certFile, keyFile };
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const names = ['-subj', '/CN=localhost', '-addext', `subjectAltName=IP:${host},DNS:localhost`];
  const files = ['-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile];
  try {
    execFileSync('openssl', [...request, ...names, ...files], { stdio: 'pipe' });
  } catch (error) {
    throw new StartError('the certificate for TLS needs the program openssl', { cause: error });
  }
  return { certFile, keyFile };
}
