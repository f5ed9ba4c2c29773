import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const identity = definition('ext#Identity');
const audit = definition('ext#Audit');
const trace = definition('ext#Trace');
const ext = definition('ext#Ext');

const event = { eventId: 'e-1', action: 'process/start' };
const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Texts that are no traceparent: name, why, the text. */
const badParents: readonly (readonly [string, string, string])[] = [
  ['empty', 'A traceparent is not empty', ''],
  ['capitals', 'A traceparent is in lower case', parent.toUpperCase()],
  ['version-ff', 'A traceparent is never of version ff', `ff${parent.slice(2)}`],
  ['no-flags', 'A traceparent has four parts', parent.slice(0, -3)],
  ['zero-trace', 'A trace id is not all zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['zero-parent', 'A parent id is not all zeros', `${parent.slice(0, 36)}${'0'.repeat(16)}-01`],
  [
    'short-trace',
    'A trace id has 32 digits',
    '00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01',
  ],
  [
    'long-parent',
    'A parent id has 16 digits',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7a-01',
  ],
  [
    'no-hex',
    'The digits of a traceparent are hex',
    '00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01',
  ],
  ['space-before', 'No space stands before a traceparent', ` ${parent}`],
  ['line-feed-after', 'No line feed stands after a traceparent', `${parent}\n`],
  ['glued-suffix', 'What follows a traceparent begins with a hyphen', `${parent}0`],
];

export const extMember: Topic = {
  title: 'The _ext member: identity, audit, trace',
  vectors: [
    identity.accepts('EXT-3/identity', 'An identity names its subject', { subjectId: 'user-17' }),
    identity.accepts('EXT-3/identity-full', 'An identity may say more', {
      subjectId: 'u',
      role: 'developer',
      assertedBy: 'gateway',
      tenant: 'open',
    }),
    identity.refuses('EXT-3/identity-none', 'An identity needs a subject', { role: 'developer' }),
    identity.refuses('EXT-3/identity-empty', 'A subject is not empty', { subjectId: '' }),
    identity.refuses('EXT-3/identity-number', 'A subject is a string', { subjectId: 17 }),
    identity.refuses('EXT-3/identity-role', 'A role is a string', { subjectId: 'u', role: ['a'] }),
    identity.refuses('EXT-3/identity-asserted', 'Who asserts it is a string', {
      subjectId: 'u',
      assertedBy: true,
    }),

    audit.accepts('EXT-3/audit', 'An audit entry has an event and an action', event),
    audit.accepts('EXT-3/audit-full', 'An audit entry may say more', {
      ...event,
      parentEventId: 'e-0',
      timestamp: '2026-01-05T09:30:00Z',
      actor: { role: 'developer' },
      resource: 'proc-1',
      outcome: 'allowed',
    }),
    ...audit.needs('EXT-3/audit', event, ['eventId', 'action']),
    audit.refuses('EXT-3/audit-empty-event', 'An event has a name', { ...event, eventId: '' }),
    audit.refuses('EXT-3/audit-empty-action', 'An action has a name', { ...event, action: '' }),
    audit.refuses('EXT-3/audit-empty-parent', 'A parent has a name', {
      ...event,
      parentEventId: '',
    }),
    audit.refuses('EXT-3/audit-actor-number', 'Facts about the actor are strings', {
      ...event,
      actor: { age: 3 },
    }),
    audit.refuses('EXT-3/audit-actor-text', 'Facts about the actor are an object', {
      ...event,
      actor: 'me',
    }),

    trace.accepts('EXT-3/trace', 'A trace has a traceparent', { traceparent: parent }),
    trace.accepts('EXT-3/trace-later-version', 'A later version may say more', {
      traceparent: `cc-${parent.slice(3)}-what-the-future-adds`,
    }),
    trace.accepts('EXT-3/trace-state', 'A trace may have a state', {
      traceparent: parent,
      tracestate: 'congo=t61rcWkgMzE,rojo=00f067aa0ba902b7',
    }),
    trace.accepts('EXT-3/trace-state-8192', 'A state of 8192 characters is within the limit', {
      traceparent: parent,
      tracestate: 'a'.repeat(8192),
    }),
    trace.refuses('EXT-3/trace-state-8193', 'A state of 8193 characters is over it', {
      traceparent: parent,
      tracestate: 'a'.repeat(8193),
    }),
    trace.refuses('EXT-3/trace-only-state', 'A state needs a parent', { tracestate: 'a=b' }),
    ...badParents.map(([name, description, traceparent]) =>
      trace.refuses(`EXT-3/traceparent-${name}`, description, { traceparent }),
    ),

    ext.accepts('EXT-3/ext-empty', 'The member may be empty', {}),
    ext.accepts('EXT-3/ext-full', 'The member may hold all three', {
      identity: { subjectId: 'u' },
      audit: event,
      trace: { traceparent: parent },
    }),
    ext.accepts('EXT-3/ext-open', 'Other extensions add members', { 'acme.billing': [1] }),
    ext.refuses('EXT-3/ext-bad-identity', 'A known member keeps to its form', { identity: {} }),
    ext.refuses('EXT-3/ext-bad-audit', 'An audit entry is an object', { audit: 'e-1' }),
    ext.refuses('EXT-3/ext-bad-trace', 'A trace is not null', { trace: null }),
    ext.refuses('EXT-3/ext-array', 'The member is an object', []),
  ],
};
