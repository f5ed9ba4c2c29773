/* A worker in C: `ping`, and everything else that spec/worker.md asks for. cc -O2 -o worker worker.c */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { const char *at; size_t length; } span;

static volatile sig_atomic_t stop = 0;
static void on_sigterm(int signal) { (void)signal; stop = 1; }

static const char *skip_space(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) p++;
  return p;
}

/* Behind the string that begins at p; NULL where it does not end. */
static const char *skip_string(const char *p, const char *end) {
  for (p++; p < end && *p != '"'; p++) if (*p == '\\') p++;
  return p < end ? p + 1 : NULL;
}

/* Behind the value that begins at p, by counting brackets: no recursion, so any depth will do. */
static const char *skip_value(const char *p, const char *end) {
  long depth = 0;
  do {
    if (p >= end) return NULL;
    if (*p == '"') { p = skip_string(p, end); if (!p) return NULL; continue; }
    if (*p == '{' || *p == '[') depth++;
    else if (*p == '}' || *p == ']') depth--;
    p++;
  } while (depth > 0 || (p < end && !strchr(",]} \t\r", *p)));
  return p;
}

static int is(span s, const char *text) {
  return s.length == strlen(text) && memcmp(s.at, text, s.length) == 0;
}

static void answer(const char *p, const char *end) {
  span id = {0}, method = {0}, session = {0};
  p = skip_space(p, end);
  if (p == end) return;
  if (*p++ != '{') goto bad;
  for (;;) {
    p = skip_space(p, end);
    if (p < end && *p == '}') break;
    if (p == end || *p != '"') goto bad;
    span name = {p, 0}, value;
    if (!(p = skip_string(p, end))) goto bad;
    name.length = (size_t)(p - name.at);
    p = skip_space(p, end);
    if (p == end || *p++ != ':') goto bad;
    value.at = skip_space(p, end);
    if (!(p = skip_value(value.at, end))) goto bad;
    value.length = (size_t)(p - value.at);
    if (is(name, "\"id\"")) id = value;
    if (is(name, "\"method\"")) method = value;
    if (is(name, "\"sessionId\"")) session = value;
    p = skip_space(p, end);
    if (p < end && *p == ',') p++;
    else if (p == end || *p != '}') goto bad;
  }
  if (skip_space(p + 1, end) != end) goto bad;
  if (!id.at || !method.at || *method.at != '"') return; /* a notification, a response, or no frame */
  if (*id.at != '"' && *id.at != '-' && (*id.at < '0' || *id.at > '9')) goto bad;
  printf("{\"jsonrpc\":\"2.0\",\"id\":%.*s,", (int)id.length, id.at);
  if (session.at) printf("\"sessionId\":%.*s,", (int)session.length, session.at);
  puts(is(method, "\"ping\"") ? "\"result\":{\"pong\":true}}"
                              : "\"error\":{\"code\":-32601,\"message\":\"unknown method\"}}");
  fflush(stdout);
  return;
bad:
  fputs("no frame: skipped\n", stderr);
}

int main(void) {
  struct sigaction action = {.sa_handler = on_sigterm};
  sigset_t term, none;
  sigaction(SIGTERM, &action, NULL);
  sigemptyset(&none);
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, NULL); /* it is noticed while waiting, and never within a request */

  size_t length = 0, room = 1 << 16;
  char *buffer = malloc(room);
  for (;;) {
    struct pollfd input = {.fd = 0, .events = POLLIN};
    struct timespec at_once = {0, 0};
    int ready = ppoll(&input, 1, stop ? &at_once : NULL, &none);
    if (ready == 0) break;   /* SIGTERM, and nothing left to read */
    if (ready < 0) continue; /* SIGTERM has come */
    if (length == room) buffer = realloc(buffer, room *= 2);
    ssize_t got = read(0, buffer + length, room - length);
    if (got <= 0) break; /* the end of stdin */
    char *line = buffer, *lf, *from = buffer + length;
    length += (size_t)got;
    while ((lf = memchr(from, '\n', (size_t)(buffer + length - from)))) {
      answer(line, lf);
      line = from = lf + 1;
    }
    length -= (size_t)(line - buffer);
    memmove(buffer, line, length);
  }
  return 0;
}
