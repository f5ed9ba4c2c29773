/** A worker made with the worker kit, with the same methods as the plain one. */
import { setTimeout as wait } from 'node:timers/promises';
import { AnswerError, createWorker } from '../../../reference/index.ts';

createWorker({
  methods: {
    ping: () => ({ pong: true }),
    echo: (params: unknown) => params,
    fail() {
      throw new AnswerError(-32_000, 'as asked');
    },
    async count(_params: unknown, { notify }) {
      for (let n = 1; n <= 3; n++) await notify('counted', { n });
      return { counted: 3 };
    },
    async wait() {
      await wait(1000);
      return {};
    },
  },
});
