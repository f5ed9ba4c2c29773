import { randomBytes } from 'node:crypto';

/** So many answered ones are remembered for each server, for notifications that name them again. */
const maxRemembered = 256;

/** A request of a server to its client. */
interface Question<Server> {
  readonly server: Server;
  /** The id as the server spelled it. */
  readonly idJson: string;
}

/**
 * The requests of servers to clients: every server counts from 0, so that each gets an id of our own,
 * which no earlier incarnation has used. Serves COR-6.
 */
export class ServerQuestions<Server extends object> {
  readonly #prefix = randomBytes(6).toString('base64url');
  readonly #open = new Map<string, Question<Server>>();
  readonly #names = new WeakMap<Server, Map<string, string>>();
  #lastId = 0;

  /** The id for a request that this server makes, as JSON. */
  add(server: Server, idJson: string): string {
    const id = `"${this.#prefix}-${++this.#lastId}"`;
    this.#open.set(id, { server, idJson });
    const names = this.#names.get(server) ?? new Map<string, string>();
    this.#names.set(server, names);
    names.delete(idJson);
    names.set(idJson, id);
    const [oldest] = names.keys();
    if (names.size > maxRemembered && oldest !== undefined) names.delete(oldest);
    return id;
  }

  /** Takes the request with this id, once its response has come. */
  take(id: string): Question<Server> | undefined {
    const question = this.#open.get(id);
    this.#open.delete(id);
    return question;
  }

  /** The id that a client knows one of a server's requests by, answered or not. */
  nameOf(server: Server, idJson: string): string | undefined {
    return this.#names.get(server)?.get(idJson);
  }

  /** The server has ended: nobody is left to take an answer. */
  forget(server: Server): void {
    for (const [id, question] of this.#open) {
      if (question.server === server) this.#open.delete(id);
    }
  }
}
