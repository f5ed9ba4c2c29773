import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import t, { type Test } from 'tap';
import { reservePort } from './reserved-port.ts';

/** Holds a port in a process of its own. */
async function holdElsewhere(t: Test, port: number): Promise<void> {
  const module = new URL('reserved-port.js', import.meta.url).href;
  const script = `import { reservePort } from ${JSON.stringify(module)};
    console.log((await reservePort(() => ${port})).port);
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
  t.teardown(() => holder.kill());
  const [printed] = await once(holder.stdout, 'data');
  t.equal(Number(printed), port);
}

/** The candidates in this order, and the last one again and again. */
function inOrder(...ports: number[]): () => number {
  const last = ports.at(-1) as number;
  return () => ports.shift() ?? last;
}

async function twoPorts(t: Test): Promise<[number, number]> {
  const [one, other] = [await reservePort(), await reservePort()];
  one.release();
  other.release();
  t.not(one.port, other.port);
  return [one.port, other.port];
}

t.test('a port is given to one at a time, and to the next after its release', async (t) => {
  const [one, other] = await twoPorts(t);
  const first = await reservePort(inOrder(one));
  const second = await reservePort(inOrder(one, one, other));
  t.same([first.port, second.port], [one, other]);
  first.release();
  const third = await reservePort(inOrder(one, other));
  t.equal(third.port, one);
  first.release();
  await t.rejects(reservePort(inOrder(one)), 'a second release takes it from nobody');
  third.release();
  second.release();
});

t.test('a port that another process of the kit has, or a server, is not given', async (t) => {
  const [one, other] = await twoPorts(t);
  await holdElsewhere(t, one);
  const server = createServer().listen(other, '127.0.0.1');
  await once(server, 'listening');
  const found = await reservePort(inOrder(one, other, other + 1, other + 2, other + 3));
  t.ok(found.port > other);
  found.release();
  server.close();
  await once(server, 'close');
  const freed = await reservePort(inOrder(one, other));
  t.equal(freed.port, other);
  freed.release();
});

t.test('where no port is free, it says so', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await t.rejects(
    reservePort(() => port),
    {
      message: /no TCP port of 127\.0\.0\.1 is free/,
    },
  );
  server.close();
});

t.test('a bus can listen on the reserved port', async (t) => {
  const { port, release } = await reservePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.match(server.address(), { port });
  server.close();
  release();
});
