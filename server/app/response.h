// What a handler may return beside values: replies with a status, a type or fields of their own.
//
//   return Created{item, "/items/7"};          201 with Location        return NoContent();     204
//   return Html{page};  Bytes{png, "image/png"};  Redirect{"/new"};     return File{"report.pdf"};
//   return Stream{"application/x-ndjson", [rows]() mutable { return rows.next_line(); }};
//   return Response{418, "text/plain", "teapot", {{"X-Pot", "tea"}}};   return Accepted{job};
//
// Plain data. A handler that always answers in one of these says so in the API's description.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/http_error.h"

namespace assay {

struct Response {
  int status = 200;
  std::string type{};  // empty: none is said
  std::string body{};
  std::vector<Field> fields{};
};

template <class T>
struct Created {
  T value;
  std::string location{};  // of what was made; empty: none is said
};
template <class T>
Created(T) -> Created<T>;
template <class T>
Created(T, std::string) -> Created<T>;
template <class T>
Created(T, const char*) -> Created<T>;

template <class T>
struct Accepted {
  T value;
};
template <class T>
Accepted(T) -> Accepted<T>;

struct NoContent {};

struct Html {
  std::string text;
};

struct Bytes {
  std::string bytes;
  std::string type = "application/octet-stream";
};

// 307 keeps the method and the body, 303 asks with GET.
struct Redirect {
  std::string location;
  int status = 307;
};

// What is ready to be sent, in words of its own type; it outlives the answer.
struct Content {
  std::string_view type;
  std::string_view body;
};

// A file of the disk, sent while it is read. 404 where there is none. REQUIRES: the path is not
// made of what a peer sent, or was checked.
struct File {
  std::string path;
  std::string type{};           // empty: by the path's suffix
  std::string download_name{};  // empty: shown, not saved
};

// A body whose length nobody knows yet. `next` gives piece after piece until it gives none; what it
// throws ends the connection, so that the peer knows that the body is not whole.
struct Stream {
  std::string type;
  std::function<std::optional<std::string>()> next;
  int status = 200;
};

}  // namespace assay
