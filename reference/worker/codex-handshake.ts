import { workerCodes } from './worker-codes.ts';

/** What stands in the way of a request. */
export interface HandshakeRefusal {
  readonly code: number;
  readonly message: string;
}

/**
 * The handshake of the codex dialect, once per process: `initialize`, its response, `initialized`.
 * Requests before its end are refused, and so is a second `initialize`, unless it `isRepeatable`.
 */
export class CodexHandshake {
  readonly #isRepeatable: boolean;
  #state: 'none' | 'asked' | 'answered' = 'none';
  #hasBeenConfirmed = false;

  constructor(isRepeatable: boolean) {
    this.#isRepeatable = isRepeatable;
  }

  /** Whether a request with this method may be done now; `initialize` begins the handshake. */
  admit(method: string): HandshakeRefusal | undefined {
    if (method !== 'initialize') {
      if (this.#state !== 'none' && this.#hasBeenConfirmed) return undefined;
      return { code: workerCodes.invalidRequest, message: 'Not initialized' };
    }
    if (this.#state === 'none' || this.#isRepeatable) {
      this.#state = this.#state === 'none' ? 'asked' : this.#state;
      return undefined;
    }
    return { code: workerCodes.invalidRequest, message: 'Already initialized' };
  }

  /** The request `initialize` was answered. */
  answered(isSuccess: boolean): void {
    if (this.#state === 'asked') this.#state = isSuccess ? 'answered' : 'none';
  }

  /** The notification `initialized` came. */
  confirm(): void {
    this.#hasBeenConfirmed = this.#state !== 'none';
  }
}
