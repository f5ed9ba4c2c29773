import type { ByteVector } from '../../../schemas/generated/vector.ts';
import type { BusScenario } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { frameFromLine } from '../../history/frame.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import {
  latitudeOf,
  longestPoolName,
  mustReachWorker,
  vectorOn,
  vectorsAreKept,
} from '../../judges/vector-expectations.ts';
import type { Scene } from '../../scene/scene.ts';
import {
  type BusVectorFile,
  busVectorFiles,
  bytesFromChunk,
  linesOf,
  readByteVectors,
} from '../../vectors/vector-file.ts';

/** How many connections play vectors at the same time. */
const lanes = 8;

/** Each vector on a connection of its own, whose sending side it then closes. */
async function playOnSockets(scene: Scene, vectors: readonly ByteVector[]): Promise<void> {
  const waiting = [...vectors];
  const playSome = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const client = await scene.connect();
      await write(scene, client, next);
      client.end();
      if (latitudeOf(next) === 'either-member') {
        // Where such a line is taken for a request, its worker may answer with the other id.
        await answered(scene, client, { vector: next, before: 0 });
        client.close();
      } else {
        await client.ended({ requirement: 'COR-8' });
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, playSome));
}

/** One vector after the other, those that a connection survives. */
async function playOnStdio(scene: Scene, vectors: readonly ByteVector[]): Promise<void> {
  const client = await scene.connect();
  // Where these are taken for requests, nobody knows which of their ids is pending from then on.
  const isLast = ({ id }: ByteVector) => id.startsWith('FRM-8/twice-id');
  const inOrder = [...vectors.filter((each) => !isLast(each)), ...vectors.filter(isLast)];
  for (const vector of inOrder) {
    if (linesOf(vector).rest.length > 0) continue;
    const before = client.received.length;
    await write(scene, client, vector);
    await answered(scene, client, { vector, before });
    if (client.hasEnded) return;
    await client.echo();
  }
}

/** Waits for as many answers as have to come. */
async function answered(
  scene: Scene,
  client: Client,
  { vector, before }: { readonly vector: ByteVector; readonly before: number },
): Promise<void> {
  const answers = answersTo(vector);
  const ids = vector.frames.flatMap(({ kind, idJson }) => (kind === 'request' ? [idJson] : []));
  const areThere = () => {
    const received = client.received.slice(before);
    return received.length >= answers && ids.every((id) => received.some(hasId(id)));
  };
  await scene.until(`the answers to ${vector.id}`, () => client.hasEnded || areThere(), {
    requirement: vector.requirement,
  });
}

function hasId(id: string | undefined): (frame: { readonly idJson?: string }) => boolean {
  return ({ idJson }) => idJson === id;
}

/** How many answers a vector has to have, whichever latitude the bus takes. */
function answersTo(vector: ByteVector): number {
  const requests = vector.frames.filter(({ kind }) => kind === 'request').length;
  const isFree = latitudeOf(vector) !== undefined;
  return requests + (isFree ? 0 : vector.errors.length);
}

async function write(scene: Scene, client: Client, vector: ByteVector): Promise<void> {
  const worker = await scene.worker();
  scene.observe(vectorOn(client.id), vector.id);
  for (const chunk of vector.chunks) {
    const bytes = bytesFromChunk(chunk);
    if (bytes.length > 0) client.write(bytes);
    // A turn for the bus: it mostly reads the pieces as they were cut.
    if (vector.chunks.length > 1) await worker.sync();
  }
}

/** Waits until workers have read as often as they have to what nobody answers. */
async function awaitNotifications(scene: Scene, vectors: readonly ByteVector[]): Promise<void> {
  const due = new Map<string, number>();
  for (const vector of vectors) {
    const { lines } = linesOf(vector);
    for (const frame of vector.frames) {
      if (frame.kind !== 'notification' || !mustReachWorker(frame)) continue;
      const { rest } = frameFromLine(lines[frame.line - 1] as Buffer, vector.sessionIdField);
      due.set(rest, (due.get(rest) ?? 0) + 1);
    }
  }
  const isThere = () => {
    const left = new Map(due);
    for (const { received } of scene.probes) {
      for (const { rest } of received) {
        const count = left.get(rest);
        if (count !== undefined) left.set(rest, count - 1);
      }
    }
    return [...left.values()].every((count) => count <= 0);
  };
  await scene.until('the notifications at the workers', isThere);
}

interface Topic {
  readonly name: string;
  readonly title: string;
  readonly file: BusVectorFile;
  readonly vectors: readonly ByteVector[];
  readonly maxFrameBytes?: number | undefined;
  readonly sessionIdField?: string | undefined;
}

function scenarioFrom(topic: Topic): BusScenario {
  const { name, title, file, vectors, maxFrameBytes, sessionIdField } = topic;
  const named = poolsNamedBy(vectors);
  const main = sessionIdField === undefined ? 'FRM-7' : 'CFG-4';
  const requirements = new Set(vectors.map(({ requirement }) => requirement));
  return {
    id: `byte-vectors/${name}`,
    title,
    requirements: [main, ...[...requirements].filter((id) => id !== main && isOfLines(id))],
    does: `Plays ${vectors.length} vectors of ${file}.json, each on a connection of its own where there are several, and compares what reaches workers and what is refused with what the vectors say.`,
    config: {
      pools: ['main', ...named].map((id) => ({ id })),
      ...(maxFrameBytes === undefined ? {} : { limits: { max_input_buffer: maxFrameBytes } }),
      ...(sessionIdField === undefined ? {} : { routing: { session_id_field: sessionIdField } }),
    },
    async drive(scene) {
      for (const pool of ['main', ...named]) await scene.workers(pool);
      if (scene.transport === 'stdio') await playOnStdio(scene, vectors);
      else await playOnSockets(scene, vectors);
      await awaitNotifications(scene, vectors);
      if (sessionIdField !== undefined) await hearOwnSession(scene, sessionIdField);
    },
    judges: [vectorsAreKept(vectors), everyRequestIsServed(main, { which: isOfSuite })],
  };
}

/** The pools that frames name, as far as they can be configured. */
function poolsNamedBy(vectors: readonly ByteVector[]): Set<string> {
  const names = vectors.flatMap(({ frames }) => frames.flatMap(({ pool }) => pool ?? []));
  return new Set(names.filter((name) => name.length <= longestPoolName));
}

/** What a worker says of a session by the name that was configured reaches its owner. */
async function hearOwnSession(scene: Scene, sessionIdField: string): Promise<void> {
  const client = scene.transport === 'stdio' ? scene.clients[0] : await scene.connect();
  await client?.echo({ sessionId: 'own', requirement: 'CFG-4' });
  await (await scene.worker()).notify('probe/news', { [sessionIdField]: 'own' });
  await client?.frame('the news of its session', ({ method }) => method === 'probe/news', {
    requirement: 'CFG-4',
  });
}

function isOfSuite({ method }: { readonly method?: string }): boolean {
  return method?.startsWith('probe/') === true;
}

/** Of the rest, lines alone show too little: they need several workers, pools or connections. */
function isOfLines(requirement: string): boolean {
  return requirement.startsWith('FRM-') || requirement === 'AFF-6';
}

/** Those that differ in kind: each costs a bus of its own. */
function isWorthABus(name: string, vectors: readonly ByteVector[]): boolean {
  return vectors.length > 1 || /[^A-Za-z]/.test(name);
}

/** One scenario for each file and configuration. */
function topicsOf(file: BusVectorFile): Topic[] {
  const { title, vectors } = readByteVectors(file);
  const groups = new Map<string, ByteVector[]>();
  for (const vector of vectors) {
    const name = [
      file,
      vector.maxFrameBytes,
      vector.sessionIdField && slugOf(vector.sessionIdField),
    ]
      .filter((part) => part !== undefined)
      .join('-');
    groups.set(name, [...(groups.get(name) ?? []), vector]);
  }
  return [...groups].flatMap(([name, group]) => {
    const [{ maxFrameBytes, sessionIdField }] = group as [ByteVector];
    if (sessionIdField !== undefined && !isWorthABus(sessionIdField, group)) return [];
    return { name, title, file, vectors: group, maxFrameBytes, sessionIdField };
  });
}

function slugOf(name: string): string {
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return (
    words
      .split(/[^a-z]+/)
      .filter(Boolean)
      .join('-')
      .slice(0, 20) || 'space'
  );
}

export const byteVectorScenarios: readonly BusScenario[] = busVectorFiles
  .flatMap(topicsOf)
  .map(scenarioFrom);
