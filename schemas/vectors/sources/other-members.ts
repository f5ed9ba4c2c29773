import { accepted, type Envelope } from './byte-vector.ts';
import type { Topic } from './topic.ts';
import { nameOf } from './value-vector.ts';

/** Names that are special to some language, and to no bus. */
const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  '__defineGetter__',
  'length',
  'then',
];

/** Frames without their closing brace: name and beginning, what they are. */
const shapes: readonly (readonly [string, string, Envelope])[] = [
  ['request', '{"id":1,"method":"x"', { kind: 'request', idJson: '1', method: 'x' }],
  ['notification', '{"method":"x"', { kind: 'notification', method: 'x' }],
  ['response', '{"id":1,"result":0', { kind: 'response', idJson: '1' }],
  ['error-response', '{"id":1,"error":{}', { kind: 'response', idJson: '1' }],
];
const [, requestText, request] = shapes[0] as (typeof shapes)[number];

/** Values of any type, as they are spelled: name and spelling. */
const values: readonly (readonly [string, string])[] = [
  ['text', '"a"'],
  ['empty-text', '""'],
  ['number', '1.50'],
  ['null', 'null'],
  ['true', 'true'],
  ['list', '[ ]'],
  ['object', '{"id":2,"method":"y","sessionId":"no","pool":""}'],
  ['doubled', '{"id":2,"id":3,"sessionId":"a","sessionId":"b"}'],
];

/** A value that would route, if a bus took it for more than the value of an unknown member. */
const routed = '{"id":2,"method":"y","sessionId":"no","pool":"no","result":1}';

export const otherMembers: Topic = {
  title: 'Members that are none of the bus: they pass untouched',
  vectors: [
    ...prototypeKeys.flatMap((key) =>
      shapes.map(([shape, beginning, is]) =>
        accepted({
          id: `FRM-7/key-${nameOf(key)}-of-${shape}`,
          description: `${key} is a member like any other`,
          line: `${beginning},"${key}":${routed}}`,
          is,
        }),
      ),
    ),
    ...prototypeKeys.map((key) =>
      accepted({
        id: `FRM-7/key-${nameOf(key)}-first`,
        description: `${key} may come first, and be null`,
        line: `{"${key}":null,${requestText.slice(1)},"sessionId":"s1","pool":"p1"}`,
        is: { ...request, sessionId: 's1', pool: 'p1' },
      }),
    ),
    accepted({
      id: 'FRM-7/keys-of-prototypes-together',
      description: 'All of them may be there at once',
      line: `${requestText},${prototypeKeys.map((key) => `"${key}":"${key}"`).join(',')}}`,
      is: request,
    }),
    accepted({
      id: 'FRM-7/key-proto-twice',
      description: '__proto__ may be there twice, once escaped',
      line: `${requestText},"__proto__":{"pool":"no"},"__pr\\u006fto__":{"sessionId":"no"}}`,
      is: request,
    }),
    accepted({
      id: 'FRM-7/key-constructor-prototype',
      description: 'What stands in constructor.prototype does not route',
      line: `${requestText},"constructor":{"prototype":{"sessionId":"no","pool":"no"}}}`,
      is: request,
    }),
    accepted({
      id: 'FRM-7/key-proto-in-place-of-method',
      description: 'A method under __proto__ is none: with a result this is a response',
      line: '{"__proto__":{"method":"x"},"id":1,"result":0}',
      is: { kind: 'response', idJson: '1' },
    }),
    accepted({
      id: 'FRM-7/key-proto-in-params',
      description: 'In params they are no different',
      line: `${requestText},"params":{"__proto__":{"sessionId":"no"},"constructor":1}}`,
      is: request,
    }),
    accepted({
      id: 'FRM-7/method-named-constructor',
      description: 'A method may be named like them',
      line: '{"id":"__proto__","method":"constructor","sessionId":"toString","pool":"valueOf"}',
      is: {
        kind: 'request',
        idJson: '"__proto__"',
        method: 'constructor',
        sessionId: 'toString',
        pool: 'valueOf',
      },
    }),

    ...['agentId', '_ext'].flatMap((member) => [
      ...values.map(([name, spelling]) =>
        accepted({
          id: `EXT-3/${nameOf(member)}-${name}`,
          description: `A bus does not look into ${member}: ${name} passes`,
          line: `${requestText},"${member}":${spelling}}`,
          is: request,
        }),
      ),
      ...shapes.slice(1).flatMap(([shape, beginning, is]) =>
        values.map(([name, spelling]) =>
          accepted({
            id: `EXT-3/${nameOf(member)}-of-${shape}-${name}`,
            description: `${member} of a ${shape} passes, here ${name}`,
            line: `${beginning},"${member}":${spelling}}`,
            is,
          }),
        ),
      ),
      accepted({
        id: `EXT-3/${nameOf(member)}-twice`,
        description: `${member} is no routing member: it may be there twice`,
        line: `${requestText},"${member}":"a","${member}":{"a":1}}`,
        is: request,
      }),
      accepted({
        id: `EXT-3/${nameOf(member)}-spaces`,
        description: `The spaces round ${member} and in it stay`,
        line: `${requestText} ,\t"${member}" : {"a" :1 , "b":[ ]} }`,
        is: request,
      }),
    ]),
  ],
};
