import { readFileSync } from 'node:fs';
import type {
  Requirement,
  RequirementCatalogue,
  Role,
} from '../../schemas/generated/requirements.ts';
import { readValidDocumentFile } from '../document-file.ts';
import { proseAtHeading } from './prose.ts';

/** The folder of the specification, in a checkout and in an installed package. */
export const specificationFolder = new URL('../../../spec/', import.meta.url);

/** The requirements of the specification. */
export interface Catalogue {
  /** Version of the specification. */
  readonly version: string;
  /** Digest of the bytes of `requirements.yaml`. */
  readonly sha256: string;
  /** All requirements, in the order of the prose. */
  readonly requirements: readonly Requirement[];
  /** The requirement with an id, or undefined. */
  find(id: string): Requirement | undefined;
  /** The requirements that a bus, worker or client has to keep, in order. */
  of(role: Role): readonly Requirement[];
  /** What the specification says of a requirement in full, in Markdown without its heading. */
  prose(requirement: Requirement): string;
}

/** Reads the catalogue. Throws SetUpProblem where it is not there or does not keep its schema. */
export function readCatalogue(folder: URL = specificationFolder): Catalogue {
  const file = new URL('requirements.yaml', folder);
  const { value, sha256 } = readValidDocumentFile(file, 'requirements#RequirementCatalogue');
  const { version, requirements } = value as RequirementCatalogue;
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  return {
    version,
    sha256,
    requirements,
    find: (id) => byId.get(id),
    of: (role) => requirements.filter(({ appliesTo }) => appliesTo.includes(role)),
    prose: ({ anchor }) => {
      const [name = '', heading = ''] = anchor.split('#');
      return proseAtHeading(readFileSync(new URL(name, folder), 'utf8'), heading);
    },
  };
}
