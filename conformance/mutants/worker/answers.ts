import type { WorkerMutant } from '../mutant.ts';
import { type Outcome, type PlainFrame, type PlainRequest, PlainWorker } from './plain-worker.ts';

export const answerMutants: readonly WorkerMutant[] = [
  {
    id: 'number-ids-as-strings',
    title: 'A number comes back as a string',
    requirement: 'WRK-2',
    consequences: ['WRK-3', 'WRK-7', 'WRK-4'],
    scenarios: ['ids/integers'],
    worker: class extends PlainWorker {
      override idOf(text: string) {
        const idJson = super.idOf(text);
        return idJson === '7001' ? '"7001"' : idJson;
      }
    },
  },
  {
    id: 'digits-as-numbers',
    title: 'A string of digits comes back as a number',
    requirement: 'WRK-2',
    scenarios: ['ids/strings-of-digits', 'ids/string-and-number'],
    worker: class extends PlainWorker {
      override idOf(text: string) {
        return super.idOf(text).replace(/^"([1-9]\d*)"$/, '$1');
      }
    },
  },
  {
    id: 'ids-of-32-bits',
    title: 'Ids are taken for integers of 32 bits',
    requirement: 'WRK-2',
    scenarios: ['ids/integers', 'ids/largest-integers'],
    worker: class extends PlainWorker {
      override idOf(text: string) {
        const idJson = super.idOf(text);
        return /^-?\d+$/.test(idJson) ? String(Number(idJson) | 0) : idJson;
      }
    },
  },
  {
    id: 'ids-rounded',
    title: 'Large integers lose their last digit',
    requirement: 'WRK-2',
    scenarios: ['ids/largest-integers'],
    worker: class extends PlainWorker {
      override idOf(text: string) {
        return super.idOf(text).replace(/^(-?\d{15})\d$/, '$10');
      }
    },
  },
  {
    id: 'falsy-ids-unanswered',
    title: 'Requests with the id 0 or "" are taken for notifications',
    requirement: 'WRK-2',
    scenarios: ['ids/integers', 'ids/strings'],
    worker: class extends PlainWorker {
      override onFrame(frame: PlainFrame, text: string) {
        const { id, ...rest } = frame;
        super.onFrame(id ? frame : rest, text);
      }
    },
  },
  {
    id: 'id-spelled-anew',
    title: 'Ids are read and written again: 7e3 comes back as 7000',
    requirement: 'WRK-10',
    scenarios: ['ids/number-spellings', 'ids/escapes'],
    worker: class extends PlainWorker {
      override idOf(text: string) {
        return JSON.stringify(JSON.parse(super.idOf(text)));
      }
    },
  },
  {
    id: 'errors-without-id',
    title: 'Errors have the id null',
    requirement: 'WRK-2',
    consequences: ['WRK-3', 'WRK-4', 'WRK-7'],
    scenarios: ['bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        super.reply('error' in outcome ? { ...request, idJson: 'null' } : request, outcome);
      }
    },
  },
  {
    id: 'answered-twice',
    title: 'Some requests are answered twice',
    requirement: 'WRK-2',
    scenarios: ['responses/one-after-another'],
    worker: class extends PlainWorker {
      #count = 0;
      override reply(request: PlainRequest, outcome: Outcome) {
        super.reply(request, outcome);
        if (++this.#count % 10 === 0) super.reply(request, outcome);
      }
    },
  },
  {
    id: 'unknown-method-unanswered',
    title: 'A request for an unknown method is not answered',
    requirement: 'WRK-4',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        if (!request.method.startsWith('conformance/')) super.reply(request, outcome);
      }
    },
  },
  {
    id: 'notification-refused',
    title: 'A notification is answered',
    requirement: 'WRK-2',
    consequences: ['WRK-4', 'WRK-5', 'WRK-6'],
    scenarios: ['responses/none-for-notifications'],
    worker: class extends PlainWorker {
      override onNotification() {
        this.write('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no id"}}\n');
      }
    },
  },
  {
    id: 'response-answered',
    title: 'A response to nothing is answered',
    requirement: 'WRK-2',
    scenarios: ['responses/none-for-responses'],
    worker: class extends PlainWorker {
      override onOther({ id }: PlainFrame) {
        const error = { code: -32600, message: 'no method' };
        this.write(this.line({ error }, JSON.stringify(id ?? null)));
      }
    },
  },
  {
    id: 'session-missing',
    title: 'No response has a session id',
    requirement: 'WRK-3',
    worker: class extends PlainWorker {
      override line(members: object, idJson?: string) {
        const { sessionId: _, ...rest } = members as { sessionId?: unknown };
        return super.line(idJson === undefined ? members : rest, idJson);
      }
    },
  },
  {
    id: 'session-missing-on-errors',
    title: 'Errors have no session id',
    requirement: 'WRK-3',
    consequences: ['WRK-4', 'WRK-2', 'WRK-5'],
    scenarios: ['responses/failure', 'bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        const { sessionId: _, ...frame } = request.frame;
        super.reply('error' in outcome ? { ...request, frame } : request, outcome);
      }
    },
  },
  {
    id: 'session-of-the-last-request',
    title: 'A response has the session id of the request that came last',
    requirement: 'WRK-3',
    consequences: ['WRK-5'],
    scenarios: ['independence/slow-failing-quick', 'independence/interleaved'],
    worker: class extends PlainWorker {
      #last: unknown;
      override onFrame(frame: PlainFrame, text: string) {
        this.#last = frame.sessionId;
        super.onFrame(frame, text);
      }
      override reply(request: PlainRequest, outcome: Outcome) {
        super.reply({ ...request, frame: { ...request.frame, sessionId: this.#last } }, outcome);
      }
    },
  },
  {
    id: 'session-from-params',
    title: 'The session id of params is taken',
    requirement: 'WRK-3',
    scenarios: ['session-ids/not-from-params'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        const { sessionId = request.frame.params?.sessionId } = request.frame;
        super.reply({ ...request, frame: { sessionId } }, outcome);
      }
    },
  },
  {
    id: 'session-invented',
    title: 'A response to a request without a session has one',
    requirement: 'WRK-3',
    scenarios: ['session-ids/none'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        const { sessionId = 'default' } = request.frame;
        super.reply({ ...request, frame: { sessionId } }, outcome);
      }
    },
  },
  {
    id: 'notification-without-session',
    title: 'The notifications that a request causes have no session id',
    requirement: 'WRK-3',
    scenarios: ['session-ids/on-notifications'],
    worker: class extends PlainWorker {
      override notify(_request: PlainRequest, n: number) {
        this.send({ method: 'counted', params: { n } });
      }
    },
  },
  {
    id: 'session-cut',
    title: 'Session ids are cut after 64 characters',
    requirement: 'WRK-3',
    scenarios: ['session-ids/odd-ones'],
    worker: class extends PlainWorker {
      override reply(request: PlainRequest, outcome: Outcome) {
        const sessionId = String(request.frame.sessionId).slice(0, 64);
        super.reply({ ...request, frame: { sessionId } }, outcome);
      }
    },
  },
];
