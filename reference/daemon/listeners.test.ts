import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, PassThrough } from 'node:stream';
import t from 'tap';
import { ListenError } from '../bus/listener.ts';
import { Gate } from './gate.ts';
import { openListeners } from './listeners.ts';

t.test('where one address cannot be had, none is listened on', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'listeners-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.sock');
  const addresses = [
    { transport: 'unix', path },
    { transport: 'unix', path: join(folder, 'no', 'b.sock') },
  ] as const;
  await t.rejects(
    openListeners(addresses, () => {}),
    ListenError,
  );
  t.notOk(existsSync(path));
});

t.test('who comes before the workers run is let in later, unless gone by then', async (t) => {
  const admitted: Duplex[] = [];
  const gate = new Gate((stream) => admitted.push(stream));
  const [early, gone, late] = [new PassThrough(), new PassThrough(), new PassThrough()];
  gate.pass(early);
  gate.pass(gone);
  gone.destroy(new Error('reset'));
  t.same(admitted, []);
  gate.open();
  t.ok(admitted.length === 1 && admitted[0] === early);
  gate.pass(late);
  t.ok(admitted.length === 2 && admitted[1] === late);
});
