// A server's replies read back from its bytes, as strictly as a suspicious client would. Test code.
//
// Pure. Knows lengths, chunks, bodies that end with the connection, and what has no body at all.
// What no client should be sent (two framings, a field twice, a 204 with a length) is a fault, and
// nothing after it is read.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::wire {

struct ReplyText {
  int status = 0;
  bool close = false;
  std::string body;  // decoded, if it came in chunks
  std::vector<std::pair<std::string, std::string>> fields;
  std::string fault;  // empty: the reply is sound

  bool interim() const { return status >= 100 && status < 200; }
  // The value of the field of that name, in any case; nullptr: there is none.
  const std::string* find(std::string_view name) const;
};

// `to_head[i]`: reply i, interim ones counted, answers HEAD and has no body. Missing ones: false.
std::vector<ReplyText> read_replies(std::string_view output, const std::vector<bool>& to_head);

// "200 keep-alive and the body", "400 close", "100"; with `body` left out if it is not asked for.
std::string line_of(const ReplyText& reply, bool with_body);

// Bytes as a case writes them: what cannot be seen is escaped.
std::string printable(std::string_view bytes);

}  // namespace assay::wire
