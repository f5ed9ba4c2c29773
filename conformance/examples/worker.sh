#!/usr/bin/env bash
# A worker in bash with jq: `ping`, and everything else that spec/worker.md asks for. One jq answers all
# lines; the shell reads them, so that SIGTERM finds it between two of them.

export LC_ALL=C # bytes, and no characters
stop='' part='' line=''
trap 'stop=1' TERM

exec 3> >(trap '' TERM; exec jq --unbuffered -cR '
  (try fromjson catch null)
  | select(type == "object" and (.method | type == "string") and has("id"))
  | {jsonrpc: "2.0", id}
    + (if has("sessionId") then {sessionId} else {} end)
    + (if .method == "ping" then {result: {pong: true}}
       else {error: {code: -32601, message: "unknown method"}} end)')
jq=$!

while :; do
  IFS= read -r -t 0.2 part
  status=$?
  line+=$part
  if [ $status -eq 0 ]; then # a whole line
    printf '%s\n' "$line" >&3
    line=''
  elif [ $status -le 128 ] || [ -n "$stop" ]; then # the end of stdin; or SIGTERM, and nothing to read
    break
  fi
done

exec 3>&- # jq answers what it has, and ends
wait $jq
