import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const rule = definition('bus-config#RoutingRule');
const routing = definition('bus-config#Routing');

const named = { session_id_field: 'sessionId' };
const forTools = { method: 'tools/*', pool: 'tools' };
const reserved = ['id', 'method', 'pool', 'jsonrpc', 'params', 'result', 'error', '_ext'];

export const busRouting: Topic = {
  title: 'Routing in a bus configuration',
  vectors: [
    routing.accepts('CFG-4/routing', "The RFC's routing", {
      session_id_field: 'sessionId',
      default_pool: 'codex',
    }),
    routing.accepts('CFG-4/routing-none', 'Everything has a default', {}),
    routing.accepts('CFG-4/field', 'The session member may have another name', {
      session_id_field: 'tenant',
    }),
    routing.accepts('CFG-4/field-one', 'A name of one character is one', { session_id_field: 's' }),
    routing.refuses('CFG-4/field-empty', 'A name is not empty', { session_id_field: '' }),
    routing.accepts('CFG-4/field-128', 'A name of 128 is within the limit', {
      session_id_field: 'f'.repeat(128),
    }),
    routing.refuses('CFG-4/field-129', 'A name of 129 is over it', {
      session_id_field: 'f'.repeat(129),
    }),
    routing.accepts('CFG-4/field-non-ascii', 'A name may be any text', {
      session_id_field: 'sitzungsschlüssel',
    }),
    routing.accepts('CFG-4/field-like-reserved', 'Id is not id', { session_id_field: 'Id' }),
    ...reserved.map((name) =>
      routing.refuses(
        `CFG-4/field-reserved-${name.replace('_', '')}`,
        `${name} has a meaning of its own and cannot name the session`,
        { session_id_field: name },
      ),
    ),
    routing.refuses('CFG-4/field-number', 'A name is a string', { session_id_field: 5 }),
    routing.refuses('CFG-4/field-null', 'A name is not null', { session_id_field: null }),
    routing.refuses('CFG-2/default-pool-empty', 'A pool has a name', {
      ...named,
      default_pool: '',
    }),
    routing.refuses('CFG-2/default-pool-number', 'A pool is a string', {
      ...named,
      default_pool: 0,
    }),
    routing.accepts('AFF-7/rules-none', 'There may be no rules', { rules: [] }),
    routing.accepts('AFF-7/rules', 'Rules are a list', { rules: [forTools, forTools] }),
    routing.refuses('CFG-2/rules-object', 'Rules are in order', { rules: { 'tools/*': 'tools' } }),
    routing.refuses('CFG-2/rules-bad', 'Each rule keeps to its form', {
      rules: [forTools, 'tools'],
    }),
    ...routing.isClosed('CFG-2/routing', named),

    rule.accepts('AFF-7/rule', 'A rule has a method and a pool', forTools),
    ...rule.needs('CFG-2/rule', forTools, ['method', 'pool']),
    rule.refuses('CFG-2/rule-empty-method', 'A pattern is not empty', { ...forTools, method: '' }),
    rule.refuses('CFG-2/rule-empty-pool', 'A pool has a name', { ...forTools, pool: '' }),
    rule.refuses('CFG-2/rule-method-list', 'A rule has one pattern', {
      ...forTools,
      method: ['a'],
    }),
    ...rule.isClosed('CFG-2/rule', forTools),
  ],
};
