import type { Line } from './story.ts';

interface Attribution {
  readonly clientSent: readonly Line[];
  /** The client's line that a worker has read. */
  readonly sourceOf: ReadonlyMap<Line, Line>;
  /** The worker's line that a client has read. */
  readonly originOf: ReadonlyMap<Line, Line>;
  /** The request that a worker answered. */
  readonly questionOf: ReadonlyMap<Line, Line>;
}

/**
 * Requests that are the same in all bytes but their id cannot be told apart at the worker. This says
 * for each what fits where its response went, if any of them fits: so that nobody is blamed for what
 * the bytes do not show.
 */
export function sourcesOfTwins(attribution: Attribution): Map<Line, Line> {
  const { clientSent, sourceOf } = attribution;
  const sources = new Map(sourceOf);
  const deliveryOf = new Map([...sourceOf].map(([delivery, source]) => [source, delivery]));
  const asked = new Map<string, Line[]>();
  for (const line of clientSent) {
    if (line.kind === 'blank' || line.idJson === undefined) continue;
    const key = keyOf(line, line);
    const lines = asked.get(key);
    if (lines === undefined) asked.set(key, [line]);
    else lines.push(line);
  }
  const wanted = wantedKeys(attribution);
  const fits = (delivery: Line, source: Line) => wanted.get(delivery) === keyOf(source, source);
  for (const [delivery, key] of wanted) {
    const source = sources.get(delivery);
    if (source === undefined || fits(delivery, source)) continue;
    const twin = asked.get(key)?.find((line) => {
      const other = deliveryOf.get(line);
      return line.atUs <= delivery.atUs && (other === undefined || !fits(other, line));
    });
    if (twin === undefined) continue;
    const other = deliveryOf.get(twin);
    sources.set(delivery, twin);
    deliveryOf.set(twin, delivery);
    if (other === undefined) deliveryOf.delete(source);
    else {
      sources.set(other, source);
      deliveryOf.set(source, other);
    }
  }
  return sources;
}

/** What the source of a delivery would be, going by where its response went. */
function wantedKeys({ originOf, questionOf }: Attribution): Map<Line, string> {
  const wanted = new Map<Line, string>();
  for (const [received, origin] of originOf) {
    const delivery = received.method === undefined ? questionOf.get(origin) : undefined;
    if (delivery !== undefined) wanted.set(delivery, keyOf(received, delivery));
  }
  return wanted;
}

function keyOf({ place, idJson }: Line, { rest }: Line): string {
  return `${place} ${idJson} ${rest}`;
}
