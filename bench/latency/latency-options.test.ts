import t from 'tap';
import { UsageError } from '../../command.ts';
import { latencyOptionsFrom } from './latency-options.ts';

const namesFor = (...args: string[]) => latencyOptionsFrom(args).arms.map(({ name }) => name);

t.test('every setting is measured with every other, where a link can be', async (t) => {
  t.same(namesFor('--transport', 'unix,tcp', '--rtt', '0,20', '--mode', 'events'), [
    'unix/events/0ms/warm',
    'tcp/events/0ms/warm',
    'tcp/events/20ms/warm',
  ]);
  t.equal(namesFor().length, 7 * 2 + 5 * 2, 'seven transports near, five of them far, two modes');
  t.same(namesFor('--remote', 'grpcs://[::1]:1', '--rtt', '5', '--mode', 'read'), [
    'grpc-tls/read/5ms/warm',
  ]);
});

t.test('without options it makes 30 samples after 5 warm-ups, in 3 runs', async (t) => {
  const { settings, isReference } = latencyOptionsFrom([]);
  const command = ['/bin/true'];
  t.same(settings, { samples: 30, warmups: 5, runs: 3, command, cwd: '/' });
  t.ok(isReference);
  const quick = latencyOptionsFrom(['--quick', '--samples', '4', '--', 'ls', '--help']).settings;
  t.match(quick, { samples: 4, warmups: 2, runs: 1, command: ['ls', '--help'] });
});

t.test('what cannot be measured is refused, with what to do', async (t) => {
  const cases: [string[], RegExp][] = [
    [['--rtt=-1'], /--rtt takes milliseconds from 0 to 10000/],
    [['--rtt', '1e3'], /--rtt/],
    [['--rtt', ''], /--rtt/],
    [['--rtt', '20000'], /--rtt/],
    [['--transport', 'carrier-pigeon'], /--transport takes tcp, unix/],
    [['--transport', 'unix', '--rtt', '20'], /a delay link needs TCP/],
    [['--mode', 'push'], /--mode takes read, events/],
    [['--pool', 'hot'], /--pool takes warm, cold/],
    [['--samples', '0'], /--samples is a whole number from 1/],
    [['--warmups', '1.5'], /--warmups is a whole number from 0/],
    [['--seed', 'ö'], /--seed has up to 64/],
    [['--remote', 'http://127.0.0.1:1'], /it begins with tcp:/],
    [['--remote', 'tcp://127.0.0.1'], /lacks a host or a port/],
    [['--remote', 'tcp://h:1', '--bus', 'x'], /give one of them/],
    [['--remote', 'tcp://h:1', '--pool', 'cold'], /started here/],
    [['--remote', 'tcp://h:1', '--transport', 'tcp'], /leave out --transport/],
    [['--remote', 'tcp://h:1', '--dialect', 'soap'], /--dialect is jsonrpc or codex/],
    [['--remote', 'tcp://h:1', '--ca', '/not/there'], /there is no file/],
    [['--token-file', 'x'], /--token-file goes with --remote only/],
    [['--bus', ' '], /--bus is a command line/],
    [['--report', 'pdf=x'], /--report takes json, markdown, html, svg, each with =FILE/],
    [['--report', 'json=a,html=a'], /--report: a has room for one form/],
    [['true'], /a command stands after --/],
    [['--'], /after -- stands a command/],
  ];
  for (const [args, text] of cases) {
    t.throws(
      () => latencyOptionsFrom(args),
      { constructor: UsageError, message: text },
      args.join(' '),
    );
  }
});
