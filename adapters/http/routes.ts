import type { RequestListener } from 'node:http';
import type { AdapterCore } from '../core/adapter-core.ts';
import { isSessionId } from '../core/frame-guard.ts';
import type { OriginPolicy } from '../core/origin-policy.ts';
import { factsOfRequest, type WebFacts } from '../core/web-caller.ts';
import type { Deadlines } from './deadlines.ts';
import type { EventStreams } from './event-stream.ts';
import { serveFrames } from './frames-stream.ts';
import { type HttpCall, invalid, replyFailure, replyJson } from './http-reply.ts';
import { serveRpc } from './rpc-handler.ts';
import type { SessionEventsTable } from './session-events.ts';

export interface RoutesOptions {
  readonly core: AdapterCore;
  readonly origins: OriginPolicy;
  readonly events: SessionEventsTable;
  readonly streams: EventStreams;
  /** Of bodies that do not come. */
  readonly deadlines: Deadlines;
  /** The OpenAPI document. */
  readonly openApi: unknown;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  serve(call: HttpCall, facts: WebFacts, match: RegExpExecArray): void;
}

const allowedHeaders =
  'authorization, content-type, x-session-id, x-pool, traceparent, tracestate, last-event-id';

/** Finds who serves a request, once it is known that it may be served. */
export function createRoutes(options: RoutesOptions): RequestListener {
  const { core, origins, openApi } = options;
  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: /^\/v1\/rpc$/,
      serve: (call, facts) => serveRpc(options, call, facts),
    },
    {
      method: 'POST',
      path: /^\/v1\/frames$/,
      serve: (call, facts) => void serveFrames(core, call, facts),
    },
    {
      method: 'GET',
      path: /^\/v1\/sessions\/([^/]+)\/events$/,
      serve: (call, facts, match) => serveEvents(options, call, { facts, name: match[1] ?? '' }),
    },
  ];
  return (request, response) => {
    const call = { request, response };
    const { method, url = '/' } = request;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    if (request.headers.origin !== undefined) allowOrigin(call, origins);
    if (method === 'OPTIONS') {
      response.writeHead(204, { allow: 'GET, POST, OPTIONS' }).end();
      return;
    }
    if (method === 'GET' && path === '/healthz') return replyJson(call, 200, { healthy: true });
    if (method === 'GET' && path === '/readyz') {
      const { isReady: ready, reasons } = core.health;
      return replyJson(call, ready ? 200 : 503, { ready, reasons });
    }
    if (method === 'GET' && path === '/openapi.json') return replyJson(call, 200, openApi);
    for (const route of routes) {
      const match = route.path.exec(path);
      if (match === null) continue;
      if (method !== route.method) {
        response.setHeader('allow', route.method);
        replyFailure(call, invalid(`${path} takes ${route.method}`), { status: 405 });
        return;
      }
      const { facts, failure } = factsOfRequest(core, request, { origins });
      if (failure !== undefined) replyFailure(call, failure);
      else route.serve(call, facts, match);
      return;
    }
    replyFailure(call, invalid(`there is no ${path}: /openapi.json says what there is`), {
      status: 404,
    });
  };
}

function serveEvents(
  { core, events, streams }: RoutesOptions,
  call: HttpCall,
  { facts, name }: { readonly facts: WebFacts; readonly name: string },
): void {
  const sessionId = decoded(name);
  if (sessionId === undefined || !isSessionId(sessionId)) {
    replyFailure(call, invalid('a session id is 1 to 256 bytes'));
    return;
  }
  const refused = core.claim(sessionId, facts.caller);
  if (refused !== undefined) {
    replyFailure(call, refused);
    return;
  }
  const found = events.open(sessionId);
  if ('failure' in found) {
    replyFailure(call, found.failure);
    return;
  }
  const { 'last-event-id': lastEventId } = call.request.headers;
  streams.serve(call, found, typeof lastEventId === 'string' ? lastEventId : undefined);
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** Lets a page whose origin is allowed read the response (CORS). */
function allowOrigin({ request, response }: HttpCall, origins: OriginPolicy): void {
  response.setHeader('vary', 'origin');
  if (origins.check(request.headers) !== undefined) return;
  response.setHeader('access-control-allow-origin', request.headers.origin as string);
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', allowedHeaders);
  response.setHeader('access-control-max-age', '600');
}
