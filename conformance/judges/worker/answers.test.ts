import t from 'tap';
import { someone, told } from '../told-story.ts';
import { judgeWorkerAnswers } from './answers.ts';

const worker = someone('worker/0/1');
const ask = (id: number | string) => ({ id, method: 'x' });
const reply = (id: number | string) => ({ id, result: {} });
const refusal = { id: null, error: { code: -32601, message: 'unknown method' } };
const firstFailure = (events: Parameters<typeof told>[0]) =>
  judgeWorkerAnswers(told(events)).find(({ verdict }) => verdict === 'fail');

t.test('a response with a wrong id is named rather than the one that is missing', async (t) => {
  t.match(firstFailure([worker.starts, worker.reads(ask('7')), worker.writes(reply(7))]), {
    reason: 'the id of a response has another JSON type than that of its request',
    expected: 'the id "7"',
  });
  t.match(firstFailure([worker.starts, worker.reads(ask(7)), worker.writes(reply(8))]), {
    reason: 'a response with an id that no request had',
  });
});

t.test('where an error without an id came instead, the missing response says so', async (t) => {
  t.match(firstFailure([worker.starts, worker.reads(ask(1)), worker.writes(refusal)]), {
    reason: 'a request was never answered',
    seen: /^none with its id, but \{"id":null,/,
  });
  t.match(firstFailure([worker.starts, worker.reads(ask(1))]), { seen: 'none' });
});
