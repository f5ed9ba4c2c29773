/** A handshake that a client has made with a server, for the servers that come later. */
export interface RecordedHandshake {
  /** Whole frames, without their ids and in the server's dialect; the requests have `isRequest`. */
  readonly frames: { readonly frame: Buffer; readonly isRequest: boolean }[];
}

/**
 * What a new server is told where its client does not begin with `initialize` itself: the handshake of
 * its own session's earlier server, else that of the first session that made one, or given frames.
 * `session`: its own session's only.
 */
export type HandshakeSource = 'first-session' | 'session' | readonly object[];

/** So many sessions' handshakes are remembered: what is older begins anew. */
const maxRemembered = 10_000;

/** The handshakes that can be made again. */
export class Handshakes {
  readonly #source: HandshakeSource;
  readonly #bySession = new Map<string | undefined, RecordedHandshake>();
  #first: RecordedHandshake | undefined;

  constructor(source: HandshakeSource, given: RecordedHandshake | undefined) {
    this.#source = source;
    this.#first = given;
  }

  /** Whether each server is told the same, whatever its client says. */
  get isGiven(): boolean {
    return typeof this.#source !== 'string';
  }

  /** What a new server of this session is told. */
  of(sessionId: string | undefined): RecordedHandshake | undefined {
    if (this.isGiven) return this.#first;
    const own = this.#bySession.get(sessionId);
    return own ?? (this.#source === 'session' ? undefined : this.#first);
  }

  /** A client has made this one. */
  record(sessionId: string | undefined, handshake: RecordedHandshake): void {
    if (this.isGiven) return;
    this.#first ??= handshake;
    // Again at the end: the oldest one goes first.
    this.#bySession.delete(sessionId);
    this.#bySession.set(sessionId, handshake);
    if (this.#bySession.size <= maxRemembered) return;
    for (const oldest of this.#bySession.keys()) {
      this.#bySession.delete(oldest);
      break;
    }
  }
}

const confirmations: ReadonlySet<string> = new Set(['initialized', 'notifications/initialized']);

/** Whether a notification ends a handshake: codex's, or that of MCP and LSP. */
export function isConfirmation(method: string): boolean {
  return confirmations.has(method);
}
