import type { PeerCertificate } from 'node:tls';
import type { Identity } from '../../schemas/generated/ext.ts';

/** Who makes a call, as the adapter has found out by itself. */
export interface Caller {
  /** Goes into `_ext.identity` of every frame. */
  readonly identity: Identity;
  /** Two callers are the same where their keys are. */
  readonly key: string;
}

/** A caller that a certificate or a token stands for. `assertedBy` is the adapter's name. */
export function callerFrom(
  kind: 'certificate' | 'token',
  subject: { readonly subjectId: string; readonly role?: string | undefined },
  assertedBy: string,
): Caller {
  const { subjectId, role } = subject;
  const identity = { subjectId, ...(role === undefined ? {} : { role }), assertedBy };
  // A token's subject and a certificate's may be spelled alike, and be two.
  return { identity, key: `${kind}:${subjectId}` };
}

/**
 * The subject of a certificate that was verified: its first URI, as SPIFFE has it, else its first DNS
 * name or mail address, else its common name; undefined where it has none of them.
 */
export function subjectFromCertificate(
  certificate: Pick<PeerCertificate, 'subject' | 'subjectaltname'>,
): string | undefined {
  const names = alternativeNames(certificate.subjectaltname ?? '');
  for (const kind of ['URI', 'DNS', 'email']) {
    const found = names.find((name) => name.kind === kind);
    if (found !== undefined) return found.value;
  }
  const commonName: unknown = certificate.subject?.CN;
  return typeof commonName === 'string' && commonName !== '' ? commonName : undefined;
}

/** Node quotes, as JSON, a name in which a comma could be taken for the end. */
function alternativeNames(text: string): { kind: string; value: string }[] {
  const entries = text.matchAll(
    /(?:^|, )(?<kind>[^:,]+):(?:(?<quoted>"(?:[^"\\]|\\.)*")|(?<plain>[^,]*))/g,
  );
  return [...entries].map(({ groups = {} }) => ({
    kind: groups.kind as string,
    value: groups.quoted === undefined ? (groups.plain as string) : JSON.parse(groups.quoted),
  }));
}
