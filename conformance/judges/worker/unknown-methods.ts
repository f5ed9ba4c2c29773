import { errorCodeOf } from '../answers.ts';
import { judgeOf } from '../facts.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';

const methodNotFound = -32601;

/** Requests for `conformance/…` methods, which no worker has, are answered with -32601. WRK-4. */
export const unknownMethodsAreNamed = judgeOf('WRK-4', {
  fault(story) {
    const wrong = exchangesOf(story).exchanges.find(
      ({ request, responses: [response] }) =>
        request.method?.startsWith('conformance/') === true &&
        response !== undefined &&
        errorCodeOf(response) !== methodNotFound,
    );
    const [response] = wrong?.responses ?? [];
    if (wrong === undefined || response === undefined) return undefined;
    return {
      reason: response.isError
        ? 'an unknown method is answered with another error than -32601'
        : 'an unknown method is answered with a result',
      expected: `the error ${methodNotFound} for ${quoted(wrong.request)}`,
      seen: quoted(response),
      records: [wrong.request.seq, response.seq],
    };
  },
});
