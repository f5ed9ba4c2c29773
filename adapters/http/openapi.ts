import { Definitions } from '../../schemas/definition.ts';

/** The schema files whose definitions are in the document. */
const files = ['frame', 'error', 'ext', 'bus-methods'] as const;

type Json = Readonly<Record<string, unknown>>;

const json = (name: string) => ({ 'application/json': { schema: refTo(name) } });
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});
const headers = [
  header('x-pool', 'The pool, where the frame does not name it.'),
  header('traceparent', 'W3C trace context, for the frame’s `_ext.trace`.'),
  header('tracestate', 'W3C trace context.'),
];
const sessionHeader = header('x-session-id', 'The session, where the frame does not name it.');

/** The statuses that stand for errors (spec/errors.md, "Other transports"). */
const failures: Readonly<Record<number, string>> = {
  400: 'No frame, or wrong params',
  401: 'A token or a certificate is needed',
  403: 'The session of another caller, or a page that may not call',
  404: 'There is no such pool',
  413: 'The frame is too long',
  429: 'The bus or the worker is overloaded',
  500: 'The worker failed',
  501: 'The worker has no such method',
  502: 'The worker was lost after it may have seen the request, or its response is too long',
  503: 'No worker is there, or the adapter drains',
  504: 'No answer in time',
};

const failureResponses = Object.fromEntries(
  Object.entries(failures).map(([status, description]) => [
    status,
    { description, content: json('ErrorResponse') },
  ]),
);

const frameBody = {
  required: true,
  content: json('Frame'),
};

const paths = {
  '/v1/rpc': {
    post: {
      operationId: 'rpc',
      summary: 'One frame in, its response out',
      parameters: [sessionHeader, ...headers],
      requestBody: frameBody,
      responses: {
        200: {
          description: 'The response, with the id as it was asked',
          content: json('Response'),
        },
        202: { description: 'A notification or a response: it was given to the bus' },
        ...failureResponses,
      },
    },
  },
  '/v1/frames': {
    post: {
      operationId: 'frames',
      summary: 'Frames in both directions, a line each, as long as both sides want',
      requestBody: {
        required: true,
        content: { 'application/x-ndjson': { schema: { type: 'string' } } },
      },
      responses: {
        200: {
          description: 'A frame a line: responses, notifications, requests of workers',
          content: { 'application/x-ndjson': { schema: { type: 'string' } } },
        },
        401: failureResponses[401],
        403: failureResponses[403],
        503: failureResponses[503],
      },
    },
  },
  '/v1/sessions/{id}/events': {
    get: {
      operationId: 'events',
      summary: 'The notifications and questions of a session whose requests go through /v1/rpc',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: refTo('SessionId') },
        header('last-event-id', 'Goes on after this event; what is no longer kept is said.'),
      ],
      responses: {
        200: {
          description:
            'Server-sent events: notifications without a name, `request` for questions of workers (answer them by /v1/rpc), `gap` where events are missing',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        400: failureResponses[400],
        401: failureResponses[401],
        403: failureResponses[403],
        429: failureResponses[429],
        503: failureResponses[503],
      },
    },
  },
  '/healthz': { get: { operationId: 'healthz', responses: { 200: { description: 'It runs' } } } },
  '/readyz': {
    get: {
      operationId: 'readyz',
      responses: {
        200: { description: 'Each pool has a live worker' },
        503: { description: 'Not ready; `reasons` says why' },
      },
    },
  },
};

/** Which means to say who calls are asked for. */
export interface OpenApiSecurity {
  readonly hasTokens: boolean;
  readonly hasClientCertificates: boolean;
}

/** The OpenAPI document of the adapter, its schemas being those of the kit. */
export function openApiDocument({ hasTokens, hasClientCertificates }: OpenApiSecurity): Json {
  const schemes = {
    ...(hasTokens ? { bearer: { type: 'http', scheme: 'bearer' } } : {}),
    ...(hasClientCertificates ? { certificate: { type: 'mutualTLS' } } : {}),
  };
  const needed = Object.fromEntries(Object.keys(schemes).map((name) => [name, []]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'stdio_bus over HTTP',
      version: '1',
      description: 'A bus of workers: JSON-RPC frames, routed by their session.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: { schemas: componentSchemas(), securitySchemes: schemes },
    security: Object.keys(needed).length === 0 ? [] : [needed],
  };
}

/** The definitions of the schema files, by their names alone. Throws where two have one name. */
function componentSchemas(): Json {
  const definitions = new Definitions();
  const schemas: Record<string, unknown> = {};
  for (const name of files) {
    const file = definitions.file(name);
    for (const [definition, schema] of Object.entries(file?.definitions ?? {})) {
      if (Object.hasOwn(schemas, definition)) throw new Error(`${definition} is defined twice`);
      schemas[definition] = withComponentRefs(schema);
    }
  }
  return schemas;
}

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string'
        ? member.replace(/^[^#]*#\/\$defs\//, '#/components/schemas/')
        : withComponentRefs(member),
    ]),
  );
}
