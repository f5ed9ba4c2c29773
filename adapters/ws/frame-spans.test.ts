import t from 'tap';
import { createSpanRecorder } from '../../testing/span-recorder.ts';
import { openStream, startAdapter as startHttp } from '../http/adapter-under-test.ts';
import { openWebSocket, startAdapter } from './adapter-under-test.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const _ext = { trace: { traceparent } };

t.test('WebSocket: each message with a trace has a span, above the bus within', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const { url } = await startAdapter(t, { tracerProvider });
  const socket = await openWebSocket(t, url);
  const { result } = await socket.ask('line', {}, { sessionId: 's', _ext });
  const [message] = spans().filter(({ name }) => name === 'websocket message');
  t.match(message, { parentSpanContext: { spanId: '00f067aa0ba902b7' }, kind: 1 });
  t.match(message?.attributes, { 'rpc.method': 'line', 'session.id': 's' });
  const accept = spans().find(({ name }) => name === 'accept');
  t.equal(accept?.parentSpanContext?.spanId, message?.spanContext().spanId);
  t.match(String(result?.line), accept?.spanContext().spanId);
  socket.send(JSON.stringify({ method: 'mark', params: {}, _ext }));
  await socket.ask('echo');
  t.equal(spans().filter(({ name }) => name === 'websocket message').length, 2, 'a notification');
});

t.test('WebSocket: a span ends where its connection does', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const adapter = await startAdapter(t, { tracerProvider });
  const socket = await openWebSocket(t, adapter.url);
  socket.send(JSON.stringify({ id: 'never', method: 'never', _ext }));
  await socket.ask('echo');
  await adapter.destroy();
  const message = spans().find(({ name }) => name === 'websocket message');
  t.match(message, { attributes: { 'rpc.method': 'never' }, status: { code: 2 } });
});

t.test('WebSocket: with tracing on, frames without a trace pass byte for byte', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const { url } = await startAdapter(t, { tracerProvider });
  const socket = await openWebSocket(t, url);
  const frame = '{ "id" : 1.0e1,  "method":"line","x":[1.0,9007199254740993] }';
  socket.send(frame);
  const answer = await socket.next();
  t.match(answer.text, /"id":\s*1\.0e1\b/);
  t.match(String(answer.frame.result?.line), /"x":\[1\.0,9007199254740993\]/);
  socket.send('nonsense');
  t.match((await socket.next()).frame, { id: null, error: { code: -32700 } });
  t.same(spans(), []);
});

t.test('HTTP: each line of a stream with a trace has a span', async (t) => {
  const { tracerProvider, spans } = createSpanRecorder();
  const { url } = await startHttp(t, { tracerProvider });
  const { sent, next } = await openStream(t, `${url}/v1/frames`, {
    method: 'POST',
    separator: '\n',
  });
  sent.write(`${JSON.stringify({ id: 1, method: 'line', _ext })}\n`);
  const answer = await next();
  const line = spans().find(({ name }) => name === 'POST /v1/frames');
  const accept = spans().find(({ name }) => name === 'accept');
  t.equal(accept?.parentSpanContext?.spanId, line?.spanContext().spanId);
  t.match(answer, accept?.spanContext().spanId);
});
