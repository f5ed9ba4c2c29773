import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SubjectIdentity } from '../../../schemas/generated/run.ts';
import { suiteFromPackage } from '../../../suite.ts';
import type { LatencyOptions } from '../latency-options.ts';
import { isAdapterTransport } from '../subject/adapter-program.ts';
import { kitCommand } from '../subject/bus-program.ts';

/** Bus, adapters and worker that were measured, or the one that ran already. */
export function peersOf(options: LatencyOptions): SubjectIdentity[] {
  const { arms, remote } = options;
  if (remote !== undefined) return [{ name: 'remote', command: [remote.address] }];
  const adapters = new Set(
    arms.flatMap(({ transport }) =>
      isAdapterTransport(transport) ? [transport.split('-')[0] as string] : [],
    ),
  );
  return [
    identityOf('bus', options.bus),
    identityOf('worker', options.worker),
    ...[...adapters].map((kind) => identityOf(`${kind} adapter`, [...kitCommand, kind])),
  ];
}

/** The kit's own commands as a user types them, so that two checkouts can be compared. */
function identityOf(name: string, argv: readonly string[]): SubjectIdentity {
  const isOwn = kitCommand.every((word, at) => argv[at] === word);
  if (isOwn) {
    const { version } = suiteFromPackage();
    return { name, version, command: ['stdio-bus-kit', ...argv.slice(kitCommand.length)] };
  }
  const sha256 = digestOf(argv[0] as string);
  return { name, command: [...argv], ...(sha256 === undefined ? {} : { sha256 }) };
}

function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
