import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { type ClientId, clientIdFrom } from './client-id.ts';
import type { Pending } from './correlator.ts';
import { PendingTable } from './pending-table.ts';

t.test('an id is a number exactly where that has no other spelling', async (t) => {
  const plain = ['0', '7', '10', '999999999'];
  const others = ['1000000000', '-1', '-0', '1.0', '1e3', '"1"', '""', '"\u00e9"', '"01"'];
  for (const spelling of [...plain, ...others]) {
    const bytes = Buffer.from(` ${spelling},`, 'latin1');
    const id = clientIdFrom(bytes, 1, bytes.length - 1);
    t.equal(typeof id, plain.includes(spelling) ? 'number' : 'string', spelling);
    t.equal(`${id}`, spelling);
  }
});

t.test('a table finds what a map finds, however ids collide and whatever its size', async () => {
  const number = fc.oneof(
    fc.nat(40),
    fc.nat(20).map((id) => id * 64),
    fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 53 - 1),
  );
  const id: fc.Arbitrary<ClientId> = fc.oneof(
    number,
    number.map((id) => `${id}`),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), id), { maxLength: 300 }), (steps) => {
      const table = new PendingTable();
      const map = new Map<ClientId, Pending>();
      for (const [isAdded, id] of steps) {
        assert.equal(table.get(id), map.get(id));
        if (!isAdded) assert.equal(table.delete(id), map.delete(id));
        else if (!map.has(id)) {
          const pending = { clientId: id } as Pending;
          table.set(id, pending);
          map.set(id, pending);
        }
        assert.equal(table.size, map.size);
        assert.equal(table.get(Number.NaN), undefined);
      }
      assert.deepEqual(new Set(table.values()), new Set(map.values()));
      for (const id of map.keys()) assert.equal(table.delete(id), true);
      assert.deepEqual([table.size, table.values()], [0, []]);
    }),
  );
});

t.test('a table that was long is as good as new once it is empty', async (t) => {
  const table = new PendingTable();
  for (let round = 0; round < 2; round++) {
    for (let id = 0; id < 10_000; id++) table.set(id, { busId: id } as Pending);
    t.equal(table.get(9999)?.busId, 9999);
    for (let id = 0; id < 10_000; id++) table.delete(id);
    t.equal(table.size, 0);
    t.equal(table.get(9999), undefined);
  }
});
