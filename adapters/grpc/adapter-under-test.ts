import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { type ConnectGrpcOptions, connectGrpc, type GrpcClient } from './connect-grpc.ts';
import { createGrpcAdapter, type GrpcAdapter, type GrpcAdapterOptions } from './grpc-adapter.ts';

/** An adapter in this process, and a client of it; both end with the test. */
export interface AdapterUnderTest {
  readonly adapter: GrpcAdapter;
  readonly client: GrpcClient;
  connect(options?: ConnectGrpcOptions): GrpcClient;
}

/** Starts an adapter on a free port, by default in front of a bus with one probe worker. */
export async function startAdapter(
  t: Test,
  options: Partial<GrpcAdapterOptions> = {},
): Promise<AdapterUnderTest> {
  const adapter = await createGrpcAdapter({ bus: probeConfig(), ...options });
  t.teardown(() => adapter.destroy());
  const connect = (how?: ConnectGrpcOptions) => {
    const client = connectGrpc(adapter.url, how);
    t.teardown(() => client.close());
    return client;
  };
  return { adapter, client: connect(), connect };
}

/** A bus with the test's own worker of the process profile. */
export function processConfig(...args: string[]): BusConfig {
  const worker = fileURLToPath(
    new URL('../../../adapters/grpc/fixtures/process-worker.mjs', import.meta.url),
  );
  return { pools: [{ id: 'main', command: process.execPath, args: [worker, ...args] }] };
}

/** A folder of the test alone. */
export function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-adapter-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file in a folder; its path. */
export function fileIn(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Whether certificates can be made here. */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Makes certificates with openssl: an authority, and what it has signed. */
export function createAuthority(folder: string, name: string) {
  const path = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)],
    ...['-days', '2', '-subj', `/CN=${name}`],
  );
  return {
    ca: path(`${name}.pem`),
    /** A certificate with this common name and alternative names, as in `IP:127.0.0.1`. */
    issue(commonName: string, alternativeNames: string) {
      const files = { cert: path(`${commonName}.pem`), key: path(`${commonName}.key`) };
      const request = path(`${commonName}.csr`);
      openssl(
        ...['req', ...newKey, '-keyout', files.key, '-out', request, '-subj', `/CN=${commonName}`],
      );
      const extensions = fileIn(folder, 'extensions', `subjectAltName=${alternativeNames}\n`);
      openssl(
        ...['x509', '-req', '-in', request, '-CA', path(`${name}.pem`), '-days', '2'],
        ...['-CAkey', path(`${name}.key`), '-CAcreateserial', '-out', files.cert],
        ...(alternativeNames === '' ? [] : ['-extfile', extensions]),
      );
      return files;
    },
  };
}
