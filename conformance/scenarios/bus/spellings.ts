import type { BusScenario } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { framesReachClients, framesReachWorkers } from '../../judges/arrivals.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';

const idSpellings: readonly string[] = [
  ...['1', '1.0', '1e3', '1E+3', '1000', '10e2', '-1', '-0', '0', '0.0', '1.50', '1e-7', '1e400'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993'],
  ...['123456789012345678901234567890', '0.1000000000000000055511151231257827'],
  ...['"1"', '"1.0"', '""', '" "', '"\\u00e9"', '"é"', '"\\u0031"', '"\\/"', '"/"', '"\\""'],
  ...['"\\n"', '"\\u0000"', '"\\ud83d\\ude00"', '"😀"', '"\\ud800"', '"null"', '"__proto__"'],
];

/** Frames from the braces on: what stands in them is not the bus's to touch. */
const oddMembers: readonly string[] = [
  '"params":{"a" : 1 ,\t"b":[ ] }',
  '"params":{"n":1.0,"m":1e3,"l":12345678901234567890123,"k":-0.0,"j":1E400,"i":0.1e-7}',
  '"params":{"t":"\\u0041\\/\\ud83d\\ude00\\ud800\\u00e9é\\b\\f"}',
  '"params":{"a":1,"a":2},"params":{"a":3}',
  '"unknown":null,"unknown":[],"":0,"é":"\\u00e9","Id":1,"ID":2,"Method":"no","session_id":7',
  '"__proto__":{"id":7,"method":"no"},"constructor":1,"toString":null,"hasOwnProperty":"x"',
  '"params":{"id":9,"method":"no","sessionId":"no","pool":"no","result":1,"error":2}',
  '"params":"{\\"id\\":9}","text":"\\"id\\":9,\\"sessionId\\":\\"no\\""',
  '"_ext":{"trace":{"tracestate":"x=1"},"identity":{"subjectId":"é"}},"agentId":7',
  ' "params" : null , "x" : true , "y" : false ',
];

/** Sends a line that was prepared with more members, at the places where members can stand. */
function requestsWith(client: Client, members: string) {
  return ['{', ',"method"'].map((place) => {
    const { line, call } = client.prepare('probe/odd', { sessionId: 's' });
    const at = line.indexOf(place) + 1;
    return { line: `${line.slice(0, at)}${members},${line.slice(at)}`, call };
  });
}

/** A request that a worker holds, for the worker to write what it likes. */
async function heldRequest(scene: Scene, client: Client, id?: string) {
  const call = client.request('probe/hold', {
    sessionId: 's',
    ...(id === undefined ? {} : { idJson: id }),
  });
  return { call, ...(await scene.arrival(call.mark)) };
}

export const spellingScenarios: readonly BusScenario[] = [
  {
    id: 'framing/id-spellings',
    title: 'A response carries the id of its request in the same JSON spelling',
    requirements: ['FRM-7', 'COR-9'],
    does: 'Sends requests whose ids are numbers and strings in each spelling of JSON, 2^53 + 1 and escapes too, one after another.',
    async drive(scene) {
      const client = await scene.connect();
      for (const idJson of idSpellings) {
        await client.echo({ idJson, sessionId: 's', requirement: 'FRM-7' });
      }
    },
    judges: [everyRequestIsServed('FRM-7', { atLeast: idSpellings.length })],
  },
  {
    id: 'framing/id-spellings-at-once',
    title: 'Ids of one value in several spellings are several ids',
    requirements: ['FRM-7', 'COR-1'],
    does: 'Has requests with the ids 1, 1.0, 1e0 and "1" pending at the same time, held by the worker, and has them answered in the other order.',
    async drive(scene) {
      const client = await scene.connect();
      const held = [];
      for (const id of ['1', '1.0', '1e0', '"1"', '"\\u0031"']) {
        held.push(await heldRequest(scene, client, id));
      }
      for (const { probe, frame, call } of held.reverse()) {
        await probe.reply(frame);
        await call.response({ requirement: 'FRM-7' });
      }
    },
    judges: [everyRequestIsServed('FRM-7', { atLeast: 6 })],
  },
  {
    id: 'framing/long-ids',
    title: 'A string id may be as long as its line',
    requirements: ['FRM-7', 'FRM-6'],
    does: 'Sends requests whose ids are strings of 255 to 300,000 bytes, of one byte a character and of several.',
    async drive(scene) {
      const client = await scene.connect();
      for (const length of [255, 256, 257, 4096, 65_536, 300_000]) {
        for (const text of ['i'.repeat(length), 'é'.repeat(length / 2)]) {
          await client.echo({ id: text, requirement: 'FRM-7' });
        }
      }
    },
    judges: [
      everyRequestIsServed('FRM-7', { atLeast: 13 }),
      everyRequestIsServed('FRM-6', { atLeast: 13 }),
    ],
  },
  {
    id: 'framing/request-unchanged',
    title: 'A request reaches the worker byte for byte, save its id',
    requirements: ['FRM-7'],
    does: 'Sends requests with unknown and doubled members, odd spaces, numbers and escapes, names such as __proto__, and names of routing members where they do not count.',
    async drive(scene) {
      const client = await scene.connect();
      for (const members of oddMembers) {
        for (const { line, call } of requestsWith(client, members)) {
          client.send(line);
          await call.response({ requirement: 'FRM-7' });
        }
      }
    },
    judges: [everyRequestIsServed('FRM-7', { atLeast: 2 * oddMembers.length })],
  },
  {
    id: 'framing/member-order',
    title: 'The members of a frame may stand in any order, the id last too',
    requirements: ['FRM-7'],
    does: 'Sends requests whose id, method and session stand in each order, with spaces around the id.',
    async drive(scene) {
      const client = await scene.connect();
      for (const order of ['ims', 'ism', 'mis', 'msi', 'sim', 'smi']) {
        const { line, call } = client.prepare('probe/echo', { sessionId: 's' });
        const [, params] = line.split(',"params":') as [string, string];
        const members = [...order].map((letter) =>
          letter === 'i'
            ? ` "\\u0069d" : ${call.idJson} `
            : letter === 'm'
              ? '"meth\\u006fd":"probe/echo"'
              : '"sessionId":"\\u0073"',
        );
        client.send(`{"params":${params.slice(0, -1)},${members.join(',')}}`);
        await call.response({ requirement: 'FRM-7' });
      }
    },
    judges: [everyRequestIsServed('FRM-7', { atLeast: 7 })],
  },
  {
    id: 'framing/notification-unchanged',
    title: "A client's notification reaches the worker byte for byte",
    requirements: ['FRM-7', 'COR-4'],
    does: 'Sends notifications with odd members and spaces, and then a request of their session.',
    async drive(scene) {
      const client = await scene.connect();
      for (const [index, members] of oddMembers.entries()) {
        client.write(` {${members},"n":${index},"sessionId":"s","method":"probe/note"} \r\n`);
      }
      await client.echo({ sessionId: 's' });
    },
    judges: [
      framesReachWorkers('FRM-7', {
        atLeast: oddMembers.length,
        which: ({ kind }) => kind === 'notification',
      }),
      // Nothing but the request was answered: the general judges say so where it was.
      everyRequestIsServed('COR-4', { atLeast: 2 }),
    ],
  },
  {
    id: 'framing/response-unchanged',
    title: "A worker's response reaches the client byte for byte, save its id",
    requirements: ['FRM-7'],
    does: 'Answers requests whose ids have odd spellings with results and errors that hold unknown and doubled members, odd spaces, numbers and escapes, and what is no session id and no pool.',
    async drive(scene) {
      const client = await scene.connect();
      const outcomes = [
        '"result":{"a" : 1.0,\t"a":1e400}',
        '"result":null,"result":12345678901234567890123',
        '"error":{"code":-32050,"message":"a \\u00e9é\\/","data":{"source":"worker"}}',
        '"error":null',
        '"result":"\\ud800"',
        '"result":0',
        '"result":1,"sessionId":12,"pool":""',
      ];
      for (const [index, outcome] of outcomes.entries()) {
        for (const odd of oddMembers.slice(0, 5)) {
          const { call, probe, frame } = await heldRequest(scene, client, `${index}.0`);
          probe.abandon(frame);
          await probe.write(
            `\t{${odd.replaceAll('method', 'm')},${outcome}, "id" :${frame.idJson} }\r\n`,
          );
          await call.response({ requirement: 'FRM-7' });
        }
      }
    },
    judges: [everyRequestIsServed('FRM-7', { atLeast: 36 })],
  },
  {
    id: 'framing/worker-frames-unchanged',
    title: "A worker's requests and notifications reach the client byte for byte, id included",
    requirements: ['FRM-7', 'COR-6'],
    does: 'Writes notifications and requests with odd members and ids in each spelling from a worker to the owner of a session.',
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's' });
      const worker = await scene.worker();
      const session = '"sessionId":"s"';
      for (const [index, odd] of oddMembers.entries()) {
        await worker.write(` {${odd},"n":${index},${session}, "method":"probe/news" }\r\n`);
      }
      for (const id of idSpellings.filter((id) => id !== '"1.0"')) {
        await worker.write(`{"id" : ${id},"method":"probe/ask",${session},"params":{"v":1.0}}\n`);
        const isIt = ({ kind, idJson }: { kind: string; idJson?: string }) =>
          kind === 'request' && idJson === id;
        await client.frame(`the request ${id}`, isIt, { requirement: 'COR-6' });
        client.send(`{"result" :{"v":1.0,"v":"\\u00e9"} ,${session},"id" : ${id} }`);
      }
      await client.echo({ sessionId: 's' });
    },
    judges: [
      framesReachClients('FRM-7', {
        atLeast: oddMembers.length + idSpellings.length - 1,
        which: ({ method }) => method !== undefined,
      }),
      framesReachWorkers('FRM-7', {
        atLeast: idSpellings.length - 1,
        which: ({ kind }) => kind === 'response',
      }),
    ],
  },
  {
    id: 'framing/routing-member-twice',
    title: 'A line with a routing member twice is refused, or goes by one of the two',
    requirements: ['FRM-8'],
    does: 'Sends requests with their id, method, session or pool twice, with equal values and with others, also with one of the names in escapes.',
    async drive(scene) {
      const client = await scene.connect();
      const other = scene.transport === 'stdio' ? client : await scene.connect();
      const twice = [
        '"method":"probe/echo","method":"probe/echo"',
        '"method":"probe/echo","m\\u0065thod":"probe/other"',
        '"method":"probe/echo","sessionId":"s","sessionId":"t"',
        '"method":"probe/echo","sessionId":"s","params":{},"session\\u0049d":"s"',
        '"method":"probe/echo","pool":"main","pool":"main"',
        '"p\\u006f\\u006fl":"main","method":"probe/echo","pool":"main"',
      ];
      for (const [index, members] of twice.entries()) {
        const idJson = `"twice-${index}"`;
        client.send(`{"jsonrpc":"2.0","id":${idJson},${members}}`);
        await client.frame(`the answer to ${idJson}`, (frame) => frame.idJson === idJson, {
          requirement: 'FRM-8',
        });
        await other.echo();
      }
      client.send('{"id":"u","id":"v","method":"probe/echo"}');
      client.send('{"i\\u0064":"w","id":"w","method":"probe/echo"}');
      await client.echo();
    },
    judges: [everyRequestIsServed('FRM-8', { atLeast: 7 })],
  },
];
