/*
 * An echo worker that is no bottleneck: NDJSON on stdin and stdout. A request is answered with
 * {"jsonrpc":"2.0","id":ID,"result":PARAMS,"sessionId":SESSION}; the bytes of id, params and
 * sessionId are the request's own. Answers are written once per read. The answer to the method
 * "tell" has {"worker":"1234567","params":PARAMS} as its result, the worker's pid in seven digits.
 * The answer to "hold" is kept until a request "release" comes. Anything that is no request is ignored. Ends
 * with its stdin. It trusts its input to be JSON: a bus has checked it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 20 };

typedef struct { char *bytes; size_t length, capacity; } Buffer;
typedef struct { const char *start; size_t length; } Slice;
typedef struct { Slice id, method, params, session; } Envelope;

static Buffer input, output, held;
static char told[40];

static void reserve(Buffer *buffer, size_t more) {
  if (buffer->length + more <= buffer->capacity) return;
  size_t capacity = buffer->capacity ? buffer->capacity : READ_BYTES;
  while (capacity < buffer->length + more) capacity *= 2;
  buffer->bytes = realloc(buffer->bytes, capacity);
  if (!buffer->bytes) _exit(70);
  buffer->capacity = capacity;
}

static void append(Buffer *buffer, const char *bytes, size_t length) {
  reserve(buffer, length);
  memcpy(buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
}

#define APPEND_TEXT(buffer, text) append(buffer, text, sizeof(text) - 1)

static void flush_output(void) {
  size_t done = 0;
  while (done < output.length) {
    ssize_t count = write(1, output.bytes + done, output.length - done);
    if (count > 0) done += (size_t)count;
    else if (errno != EINTR) _exit(0);
  }
  output.length = 0;
}

/* After the closing quote of the string that opens at `at`. */
static const char *after_string(const char *at, const char *end) {
  const char *from = at + 1;
  for (;;) {
    const char *quote = memchr(from, '"', (size_t)(end - from));
    if (!quote) return end;
    const char *back = quote;
    while (back > at + 1 && back[-1] == '\\') back--;
    if ((quote - back) % 2 == 0) return quote + 1;
    from = quote + 1;
  }
}

static const char *after_value(const char *at, const char *end) {
  if (at < end && *at == '"') return after_string(at, end);
  int depth = 0;
  while (at < end) {
    char byte = *at;
    if (byte == '"') { at = after_string(at, end); continue; }
    if (byte == '{' || byte == '[') depth++;
    else if (byte == '}' || byte == ']') { if (depth == 0) return at; if (--depth == 0) return at + 1; }
    else if (depth == 0 && (byte == ',' || byte == ' ' || byte == '\t' || byte == '\r')) return at;
    at++;
  }
  return at;
}

static const char *after_space(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == ',' || *at == ':')) at++;
  return at;
}

static int is(Slice slice, const char *text) {
  return slice.length == strlen(text) && memcmp(slice.start, text, slice.length) == 0;
}

static Envelope envelope_of(const char *at, const char *end) {
  Envelope envelope = {0};
  at = after_space(at, end);
  if (at == end || *at != '{') return envelope;
  at = after_space(at + 1, end);
  while (at < end && *at == '"') {
    Slice name = {at, 0}, value;
    at = after_string(at, end);
    name.length = (size_t)(at - name.start);
    at = after_space(at, end);
    value.start = at;
    at = after_value(at, end);
    value.length = (size_t)(at - value.start);
    if (is(name, "\"id\"")) envelope.id = value;
    else if (is(name, "\"method\"")) envelope.method = value;
    else if (is(name, "\"params\"")) envelope.params = value;
    else if (is(name, "\"sessionId\"")) envelope.session = value;
    at = after_space(at, end);
  }
  return envelope;
}

static void answer(const char *line, const char *end) {
  Envelope envelope = envelope_of(line, end);
  if (!envelope.id.start || !envelope.method.start) return;
  Buffer *to = is(envelope.method, "\"hold\"") ? &held : &output;
  if (is(envelope.method, "\"release\"")) {
    append(&output, held.bytes, held.length);
    held.length = 0;
  }
  APPEND_TEXT(to, "{\"jsonrpc\":\"2.0\",\"id\":");
  append(to, envelope.id.start, envelope.id.length);
  APPEND_TEXT(to, ",\"result\":");
  int tells = is(envelope.method, "\"tell\"");
  if (tells) append(to, told, strlen(told));
  if (envelope.params.start) append(to, envelope.params.start, envelope.params.length);
  else APPEND_TEXT(to, "null");
  if (tells) APPEND_TEXT(to, "}");
  if (envelope.session.start) {
    APPEND_TEXT(to, ",\"sessionId\":");
    append(to, envelope.session.start, envelope.session.length);
  }
  APPEND_TEXT(to, "}\n");
}

int main(void) {
  size_t searched = 0;
  snprintf(told, sizeof told, "{\"worker\":\"%07ld\",\"params\":", (long)getpid());
  reserve(&input, READ_BYTES);
  reserve(&held, 1);
  for (;;) {
    reserve(&input, READ_BYTES / 4);
    ssize_t count = read(0, input.bytes + input.length, input.capacity - input.length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    input.length += (size_t)count;
    size_t start = 0;
    for (;;) {
      char *lf = memchr(input.bytes + searched, '\n', input.length - searched);
      if (!lf) break;
      answer(input.bytes + start, lf);
      start = searched = (size_t)(lf + 1 - input.bytes);
    }
    flush_output();
    memmove(input.bytes, input.bytes + start, input.length - start);
    input.length -= start;
    searched = input.length;
  }
}
