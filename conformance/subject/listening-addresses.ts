import { readFileSync } from 'node:fs';

/** The state of a socket that accepts, in `/proc/net/tcp`. */
const listening = '0A';

/**
 * The addresses on which somebody listens at this TCP port: `127.0.0.1`, `0.0.0.0`, `::1`. Undefined
 * where the system does not show them.
 */
export function listeningAddresses(port: number): string[] | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(read);
  if (tables[0] === undefined) return undefined;
  return tables.flatMap((table = '') =>
    table
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .filter(([, local = '', , state]) => state === listening && portOf(local) === port)
      .map(([, local = '']) => addressFrom(local.slice(0, local.indexOf(':')))),
  );
}

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^::ffff:127\./.test(address);
}

function portOf(local: string): number {
  return Number.parseInt(local.slice(local.indexOf(':') + 1), 16);
}

/** The kernel writes addresses as words of 32 bits in the byte order of the machine. */
function addressFrom(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const isLittle = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  const bytes = words.flatMap((word) => {
    const inOrder = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    return isLittle ? inOrder.reverse() : inOrder;
  });
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`;
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return bytes[15] === 1 ? '::1' : '::';
  return hex;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
