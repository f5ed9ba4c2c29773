import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileIn } from './test-folder.ts';

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
