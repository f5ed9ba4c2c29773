export const latencyHelp = `Where the time of a remote call goes, and what pushed events save over reading.

Usage: stdio-bus-kit bench latency [OPTION …] [-- COMMAND …]

A sample connects from nothing until the bus is ready, makes a small request, and runs COMMAND
(/bin/true) as a process to its completion: output and exit status. By default the reference bus, its
process worker and its adapters are started and measured.

What is measured:
  --transport LIST      tcp, unix, stdio, grpc, grpc-tls, ws, ws-tls (default: all)
  --rtt LIST            round trips in ms that a delay link adds (default 0,80); TCP and above only
  --mode LIST           how completion is learnt: read, events (default: both)
  --pool LIST           warm (default), or cold: bus and worker start anew for each sample
  --bus COMMAND         another bus: {config} {host} {port} {socket} are filled in; a command without
                        them gets --config FILE and --tcp HOST:PORT, --unix PATH or --stdio
  --worker COMMAND      another worker of the process profile
  --remote ADDRESS      a bus or executor that runs already: tcp://H:P, unix:PATH, grpc://H:P,
                        grpcs://H:P, ws://H:P/PATH or wss://…
  --dialect NAME        what --remote speaks: jsonrpc (default) or codex
  --ca FILE             the CA that has signed its certificate (PEM)
  --token-file FILE     a bearer token for it
  --cwd DIR             where COMMAND runs (default /); some executors want a file: URI

How much:
  --samples N --warmups N --runs N    in each run of an arm: 30 samples after 5 warm-ups; 3 runs, the
                        arms in an order of their own in each
  --quick               10 samples after 2 warm-ups, 1 run
  --seed TEXT           of the order of the arms (default: the time)

What comes of it:
  --report LIST         json=FILE (every sample), markdown=FILE, html=FILE, svg=FOLDER (charts);
                        - is standard output. Where a Markdown file has the comments
                        <!-- bench latency --> and <!-- /bench latency -->, a table goes between
  --otlp FILE|URL       the spans, client's and bus's, as OTLP in JSON: a line a batch, or to a
                        collector
  --phases              print the phases of each arm too
  -h, --help            print this

Examples:
  stdio-bus-kit bench latency --quick
  stdio-bus-kit bench latency --report html=latency.html,svg=charts
  stdio-bus-kit bench latency --transport grpc-tls --rtt 0,20,80 --report json=latency.json
  stdio-bus-kit bench latency --transport tcp --rtt 0 --phases -- git --version
  stdio-bus-kit bench latency --remote ws://127.0.0.1:4100/ --dialect codex
  stdio-bus-kit bench compare before.json after.json

Exit codes: 0 measured, goals met or not; 1 samples failed; 64 wrong usage; 69 a peer cannot be
started, reached or used; 74 a report or the spans cannot be written; 130 interrupted.
`;
