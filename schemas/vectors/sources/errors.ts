import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const name = definition('error#BusErrorName');
const code = definition('error#BusErrorCode');
const data = definition('error#BusErrorData');
const error = definition('error#BusError');

/** Each error of the bus: the name and its code. */
const list: readonly (readonly [string, number])[] = [
  ['PARSE_ERROR', -32700],
  ['INVALID_REQUEST', -32600],
  ['INVALID_PARAMS', -32602],
  ['WORKER_LOST', -32050],
  ['UNAVAILABLE', -32051],
  ['DRAINING', -32052],
  ['UNKNOWN_POOL', -32053],
  ['OVERLOADED', -32054],
  ['FRAME_TOO_LARGE', -32055],
  ['DEADLINE_EXCEEDED', -32056],
];

const lostData = { source: 'bus', name: 'WORKER_LOST', retryable: false, delivered: true };
const lost = { code: -32050, message: 'Worker lost before it answered', data: lostData };

export const errors: Topic = {
  title: 'Errors of the bus',
  vectors: [
    ...name.acceptsEach(
      'COR-1/name',
      list.map(([one]) => one),
    ),
    name.refuses('COR-1/name-unknown', 'The list of names is closed', 'INTERNAL_ERROR'),
    name.refuses('COR-1/name-lower-case', 'Names are in capitals', 'worker_lost'),
    name.refuses('COR-1/name-code', 'A code is no name', -32050),
    ...code.acceptsEach(
      'COR-1/code',
      list.map(([, one]) => one),
    ),
    code.refuses('COR-1/code-before-first', '-32049 is no code of the bus', -32049),
    code.refuses('COR-1/code-after-last', '-32057 is no code of the bus yet', -32057),
    code.refuses('COR-1/code-positive', 'Codes are negative', 32050),
    code.refuses('COR-1/code-method-not-found', 'Workers alone know methods', -32601),
    code.refuses('COR-1/code-text', 'A code is no text', '-32050'),

    data.accepts('RST-1/data', 'The data say what a client can act on', lostData),
    data.accepts('RST-1/data-open', 'Further facts may stand beside', { ...lostData, slot: 2 }),
    ...data.needs('RST-1/data', lostData, ['source', 'name', 'retryable', 'delivered']),
    data.refuses('RST-1/data-source', 'The source is the bus', { ...lostData, source: 'worker' }),
    data.refuses('RST-1/data-name', 'The name is on the list', { ...lostData, name: 'LOST' }),
    data.refuses('RST-1/data-retryable', 'retryable is true or false', {
      ...lostData,
      retryable: 1,
    }),
    data.accepts('EXT-1/data-versions', 'A hello learns which versions there are', {
      ...lostData,
      supportedVersions: ['1', '2'],
    }),
    data.accepts('EXT-1/data-no-version', 'The list of versions may be empty', {
      ...lostData,
      supportedVersions: [],
    }),
    data.refuses('EXT-1/data-empty-version', 'A version is not empty', {
      ...lostData,
      supportedVersions: ['1', ''],
    }),
    data.refuses('EXT-1/data-version-number', 'A version is a string', {
      ...lostData,
      supportedVersions: [1],
    }),
    data.refuses('EXT-1/data-version-text', 'Versions are a list', {
      ...lostData,
      supportedVersions: '1',
    }),
    data.refuses('EXT-1/data-versions-null', 'Versions are not null', {
      ...lostData,
      supportedVersions: null,
    }),
    error.accepts('EXT-1/error-versions', 'An error to a hello names the versions', {
      code: -32602,
      message: 'Version 7 is not spoken',
      data: { ...lostData, name: 'INVALID_PARAMS', delivered: false, supportedVersions: ['1'] },
    }),
    error.refuses('EXT-1/error-version-number', 'An error to a hello names versions as strings', {
      code: -32602,
      message: 'Version 7 is not spoken',
      data: { ...lostData, name: 'INVALID_PARAMS', delivered: false, supportedVersions: [1] },
    }),
    data.refuses('RST-1/data-delivered', 'delivered is not null', { ...lostData, delivered: null }),

    ...list.map(([one, number]) =>
      error.accepts(`COR-1/error-${nameOf(one)}`, `${one} is ${number}`, {
        ...lost,
        code: number,
        data: { ...lostData, name: one },
      }),
    ),
    ...error.needs('COR-1/bus-error-object', lost, ['code', 'message', 'data']),
    error.refuses('COR-1/bus-error-name-of-another', 'A code goes with its own name', {
      ...lost,
      data: { ...lostData, name: 'UNAVAILABLE' },
    }),
    error.refuses('COR-1/bus-error-code-of-another', 'A name goes with its own code', {
      ...lost,
      code: -32700,
    }),
    error.refuses('COR-1/bus-error-unknown-code', 'The list of codes is closed', {
      ...lost,
      code: -32058,
    }),
    error.refuses('COR-1/bus-error-message', 'A message is a string', { ...lost, message: 1 }),
  ],
};
