import type { Call, Client } from '../client/client.ts';
import type { Probe } from '../probe/probe.ts';
import type { Scene } from '../scene/scene.ts';
import type { ChaosStep } from './schedule.ts';

const badLines = ['{"jsonrpc":"2.0",}', '[]', '\u0000', '{"id":1}', '"', '{"id":{},"method":"x"}'];

/** Carries out the steps of a chaos scenario, against whatever is there when a step's turn comes. */
export class Nemesis {
  readonly #scene: Scene;
  readonly #clients: Client[] = [];
  readonly #lastCalls = new Map<Client, Call>();
  readonly #stalled = new Set<Client>();
  readonly #stopped = new Set<Probe>();
  #questions = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async perform(step: ChaosStep): Promise<void> {
    switch (step.do) {
      case 'request':
      case 'hold':
      case 'notify':
        return this.#send(step);
      case 'wait':
        return this.#awaitAnswer(step.client);
      case 'bad-bytes':
      case 'cut':
      case 'stall':
      case 'go-on':
        return this.#troubleClient(await this.#client(step.client), step.do);
      default: {
        await this.#someWorkers();
        const isSpeech = step.do === 'worker-notifies' || step.do === 'worker-asks';
        const speaker = isSpeech && !step.isForeign ? this.#workerOf(step.session) : undefined;
        const probe = speaker ?? this.#worker(step.worker);
        if (probe !== undefined) await this.#troubleWorker(probe, step);
      }
    }
  }

  /** What was stopped goes on, so that everything can come to its end. */
  async end(): Promise<void> {
    for (const probe of this.#stopped) if (!probe.hasExited) probe.signal('SIGCONT');
    for (const client of this.#stalled) client.resume();
    for (const client of this.#clients) this.#answerQuestions(client);
  }

  async #client(index: number): Promise<Client> {
    const known = this.#clients[index];
    if (known?.isOpen) return known;
    const client = await this.#scene.connect();
    this.#clients[index] = client;
    return client;
  }

  #worker(index: number): Probe | undefined {
    const live = this.#scene.probes.filter((probe) => !probe.hasExited);
    return live[index % Math.max(live.length, 1)];
  }

  /** Restarts take longer than the steps: with nobody left to trouble, the rest would show nothing. */
  async #someWorkers(): Promise<void> {
    const isEnough = () => this.#scene.probes.filter((probe) => !probe.hasExited).length >= 2;
    const limitMs = this.#scene.timings.responseMs / 2;
    await this.#scene.until('two workers in the chaos', isEnough, { limitMs }).catch(() => {});
  }

  /** The live worker that has last read a frame of a session. */
  #workerOf(session: number): Probe | undefined {
    const isRead = (probe: Probe) =>
      !probe.hasExited &&
      probe.received.some(({ sessionId }) => sessionId === `session-${session}`);
    return this.#scene.probes.findLast(isRead);
  }

  async #send(step: Extract<ChaosStep, { session: number; client: number }>): Promise<void> {
    const client = await this.#client(step.client);
    const sessionId = `session-${step.session}`;
    if (step.do === 'notify') {
      client.notify('event', { sessionId });
      return;
    }
    const method = step.do === 'hold' ? 'probe/hold' : 'probe/echo';
    this.#lastCalls.set(client, client.request(method, { sessionId }));
    this.#answerQuestions(client);
  }

  /** Not for longer than the answer may take: a worker may hold it or stand still. */
  async #awaitAnswer(index: number): Promise<void> {
    const client = this.#clients[index];
    const call = client && this.#lastCalls.get(client);
    if (client === undefined || call === undefined || this.#stalled.has(client)) return;
    const isAnswered = () =>
      !client.isOpen || client.received.some(({ idJson }) => idJson === call.idJson);
    await this.#scene.until('an answer in the chaos', isAnswered, { limitMs: 60 }).catch(() => {});
  }

  #troubleClient(client: Client, kind: 'bad-bytes' | 'cut' | 'stall' | 'go-on'): void {
    if (kind === 'bad-bytes') client.send(this.#scene.random.pick(badLines));
    else if (kind === 'cut') client.reset();
    else if (kind === 'stall') {
      this.#stalled.add(client);
      client.pause();
    } else if (this.#stalled.delete(client)) client.resume();
  }

  async #troubleWorker(probe: Probe, step: ChaosStep): Promise<void> {
    if (this.#stopped.has(probe) && step.do !== 'continue' && step.do !== 'kill') return;
    switch (step.do) {
      case 'release':
        for (const frame of [...probe.held].reverse()) void probe.reply(frame);
        return;
      case 'worker-notifies':
        void probe.notify('progress', this.#speech(step.session));
        return;
      case 'worker-asks':
        void probe.ask(`q${++this.#questions}`, 'approve', this.#speech(step.session));
        return;
      case 'kill':
        probe.signal('SIGKILL');
        return;
      case 'exit':
        void probe.order({ order: 'exit', code: 1, isFlushed: false });
        return;
      case 'half-line':
        void probe.write('{"jsonrpc":"2.0","method":"half"');
        void probe.order({ order: 'exit', code: 0, isFlushed: true });
        return;
      case 'stop':
        this.#stopped.add(probe);
        probe.signal('SIGSTOP');
        return;
      case 'continue':
        this.#stopped.delete(probe);
        probe.signal('SIGCONT');
    }
  }

  #speech(session: number): object {
    const mark = this.#scene.mark();
    return { sessionId: `session-${session}`, params: { mark } };
  }

  #answerQuestions(client: Client): void {
    const isAnswered = this.#answered.get(client) ?? new Set<string>();
    this.#answered.set(client, isAnswered);
    for (const { kind, idJson, sessionId } of client.received) {
      if (kind !== 'request' || idJson === undefined || isAnswered.has(idJson)) continue;
      isAnswered.add(idJson);
      client.send({ jsonrpc: '2.0', id: JSON.parse(idJson), sessionId, result: {} });
    }
  }

  readonly #answered = new Map<Client, Set<string>>();
}
