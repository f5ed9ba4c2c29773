import type { Line, Story } from '../../history/story.ts';

/** A request, and every response with its id. */
export interface Exchange {
  readonly request: Line;
  readonly responses: readonly Line[];
}

export interface Exchanges {
  readonly exchanges: readonly Exchange[];
  /** Responses with an id that no request had. */
  readonly unasked: readonly Line[];
  /** Error responses without an id. */
  readonly anonymous: readonly Line[];
  /** Lines that are no frames, or none that a worker has to take. */
  readonly badLines: readonly Line[];
}

const known = new WeakMap<Story, Exchanges>();

/** The requests of a worker with their responses: ids are one where type and value are. */
export function exchangesOf(story: Story): Exchanges {
  const found = known.get(story) ?? exchangesFrom(story);
  known.set(story, found);
  return found;
}

function exchangesFrom({ workerReceived, workerSent }: Story): Exchanges {
  const byId = new Map<string, { readonly request: Line; readonly responses: Line[] }[]>();
  for (const request of workerReceived) {
    if (!isOwed(request)) continue;
    const key = idKey(request);
    const exchange = { request, responses: [] };
    const others = byId.get(key);
    if (others === undefined) byId.set(key, [exchange]);
    else others.push(exchange);
  }
  const unasked: Line[] = [];
  const anonymous: Line[] = [];
  for (const response of workerSent) {
    if (response.kind !== 'response') continue;
    if (response.idJson === undefined) {
      anonymous.push(response);
      continue;
    }
    const asked = (byId.get(idKey(response)) ?? []).filter(
      ({ request }) => request.atUs <= response.atUs,
    );
    const exchange = asked.find(({ responses }) => responses.length === 0) ?? asked.at(-1);
    if (exchange === undefined) unasked.push(response);
    else exchange.responses.push(response);
  }
  const exchanges = [...byId.values()].flat().sort((a, b) => a.request.index - b.request.index);
  const badLines = workerReceived.filter(
    (line) => line.kind === 'refused' || (line.kind === 'request' && !isOwed(line)),
  );
  return { exchanges, unasked, anonymous, badLines };
}

/**
 * Whether it is a request that has to be answered. One whose params are no object may be taken for no
 * frame: few servers know params by position, and none has to know a number.
 */
function isOwed({ kind, bytes }: Line): boolean {
  if (kind !== 'request') return false;
  const { params = {} } = JSON.parse(bytes.toString()) as { params?: unknown };
  return typeof params === 'object' && params !== null && !Array.isArray(params);
}

/** The id as a value: the same for all its spellings. */
export function idKey({ idJson = 'null' }: Pick<Line, 'idJson'>): string {
  return JSON.stringify(JSON.parse(idJson));
}
