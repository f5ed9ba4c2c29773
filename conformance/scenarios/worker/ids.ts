import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';

/** A scenario that makes requests with these ids at once, and asks again with each after that. */
function asked(
  scenario: Pick<WorkerScenario, 'id' | 'title' | 'does'>,
  idJsons: readonly string[],
  requirements: WorkerScenario['requirements'] = ['WRK-2'],
): WorkerScenario {
  return {
    ...scenario,
    requirements,
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (const idJson of idJsons) scene.request({ session, idJson });
      await scene.allAnswered();
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-2', { atLeast: idJsons.length })],
  };
}

export const idScenarios: readonly WorkerScenario[] = [
  asked(
    {
      id: 'ids/integers',
      title: 'Integers come back, 0 and negative ones too',
      does: 'Asks with the ids 0, 7, -1 and some larger ones.',
    },
    ['0', '7001', '-1', '-7002', '2147483648', '4294967296'],
  ),
  asked(
    {
      id: 'ids/largest-integers',
      title: 'Integers to 2^53-1 come back exactly',
      does: 'Asks with the ids 9007199254740991, 9007199254740990 and their negatives.',
    },
    ['9007199254740991', '9007199254740990', '-9007199254740991'],
  ),
  asked(
    {
      id: 'ids/strings',
      title: 'Strings come back, empty and long ones too',
      does: 'Asks with the ids "a", "", one with a blank, one of 200 characters and one that looks like null.',
    },
    ['"a"', '""', '"a b"', `"${'x'.repeat(200)}"`, '"null"'],
  ),
  asked(
    {
      id: 'ids/strings-of-digits',
      title: 'A string of digits stays a string',
      does: 'Asks with the ids "7003", "007" and "1e3".',
    },
    ['"7003"', '"007"', '"1e3"'],
  ),
  asked(
    {
      id: 'ids/string-and-number',
      title: 'A string and a number of the same characters are two ids',
      does: 'Asks with 7004 and "7004" at the same time.',
    },
    ['7004', '"7004"'],
  ),
  asked(
    {
      id: 'ids/unicode',
      title: 'Characters of any language come back',
      does: 'Asks with ids of characters of two, three and four bytes of UTF-8.',
    },
    ['"é"', '"日本語"', '"😀"'],
  ),
  asked(
    {
      id: 'ids/escapes',
      title: 'A string with escapes keeps its value',
      does: 'Asks with ids that hold quotes, backslashes, control characters and \\u escapes.',
    },
    ['"a\\"b"', '"a\\\\b"', '"a\\nb"', '"\\u00e9e"', '"\\ud83d\\ude00x"', '"a\\/b"'],
  ),
  asked(
    {
      id: 'ids/number-spellings',
      title: 'A number keeps its value, and better its spelling',
      does: 'Asks with integers that are spelled 7005.0, 7e3 and 701E1.',
    },
    ['7005.0', '7e3', '701E1'],
    ['WRK-10', 'WRK-2'],
  ),
  asked(
    {
      id: 'ids/plain-spellings',
      title: 'Ids as a bus spells them come back in the same spelling',
      does: 'Asks with plain integers and short ASCII strings.',
    },
    ['7006', '"b-1"', '9007199254740991', '"id_7"'],
    ['WRK-10'],
  ),
  {
    id: 'ids/used-again',
    title: 'An id that was answered can be used again',
    requirements: ['WRK-2'],
    does: 'Asks five times with the same id, each time after the answer.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 5; n++) {
        scene.request({ session, idJson: '"again"' });
        await scene.allAnswered();
      }
      await scene.stillAnswers(session);
    },
    judges: [everyRequestIsAnswered('WRK-2', { atLeast: 5 })],
  },
];
