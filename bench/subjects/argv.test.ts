import t from 'tap';
import { argvFrom, filled } from './argv.ts';

t.test('a command line is split as a shell would, without one', async (t) => {
  const cases: Record<string, string[]> = {
    'node bus.js --tcp {host}:{port}': ['node', 'bus.js', '--tcp', '{host}:{port}'],
    '  a   b\t c ': ['a', 'b', 'c'],
    "sh -c 'exit 3'": ['sh', '-c', 'exit 3'],
    'say "two words" \'\' "a \\"b\\""': ['say', 'two words', '', 'a "b"'],
    '/with\\ space/bus --x="1 2"': ['/with space/bus', '--x=1 2'],
    'a $HOME;b': ['a', '$HOME;b'],
    '': [],
  };
  for (const [line, words] of Object.entries(cases)) t.same(argvFrom(line), words, line);
});

t.test('placeholders are filled in, other braces stay', async (t) => {
  const values = { config: '/c.json', host: '::1', port: '7', socket: '/s' };
  const argv = filled(['-c={config}', '{host}:{port}', '{socket}', '{other}'], values);
  t.same(argv, ['-c=/c.json', '::1:7', '/s', '{other}']);
});
