import { fileURLToPath } from 'node:url';
import { UsageError } from '../../command.ts';
import { BusCapability, type BusSubject } from '../../schemas/generated/bus-subject.ts';
import { readValidDocumentFile } from '../document-file.ts';
import { nameListFromOption } from '../selection/name-list.ts';
import { commandName } from './subject-identity.ts';

/** The bus that comes with the kit, and what it declares. */
export function referenceSubject(): BusSubject {
  const daemon = fileURLToPath(new URL('../../stdio-bus.js', import.meta.url));
  return {
    name: 'reference',
    command: [process.execPath, daemon],
    capabilities: ['hello', 'stats', 'ext-passthrough', 'session-lost', 'bus-errors'],
  };
}

export interface SubjectArgs {
  /** What stands after `--`. */
  readonly command: readonly string[];
  readonly manifest: string | undefined;
  readonly capabilities: string | undefined;
}

/**
 * The subject that a command line names: a manifest, a command, or else the reference. Throws
 * UsageError, and SetUpProblem for a manifest that cannot be used.
 */
export function subjectFromArgs({ command, manifest, capabilities }: SubjectArgs): BusSubject {
  if (manifest !== undefined) {
    if (command.length > 0) throw new UsageError('give --subject FILE, or a command; not both');
    if (capabilities !== undefined) {
      throw new UsageError('--capabilities goes with a command; a manifest names its own');
    }
    return readValidDocumentFile(manifest, 'bus-subject#BusSubject').value as BusSubject;
  }
  const declared =
    capabilities === undefined
      ? undefined
      : nameListFromOption('--capabilities', capabilities, BusCapability.enum);
  if (command.length === 0) {
    const reference = referenceSubject();
    return declared === undefined ? reference : { ...reference, capabilities: declared };
  }
  return {
    name: commandName(command),
    command: [...command],
    ...(declared === undefined ? {} : { capabilities: declared }),
  };
}
