// Finds the requests in the bytes of one connection, however they are split, and reads of each the
// little that the truth server must know. Requests have no body. Belongs to one connection.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/truth/fixed_reply.h"
#include "harness/truth/request_ends.h"

namespace assay::truth {

struct Request {
  bool asks_for_record = false;  // GET /__truth__: no part of what is measured
  Persistence persistence = Persistence::kept;
};

class RequestReader {
 public:
  static constexpr std::size_t head_limit_bytes = 65536;

  // Adds the requests that these bytes complete. False: a head is longer than the limit.
  bool read(std::string_view bytes, std::vector<Request>& requests);

 private:
  RequestEnds ends_;
  std::string begun_;  // of a head whose end has not come
};

}  // namespace assay::truth
