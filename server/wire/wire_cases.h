// The protocol cases of server/wire/cases, and the handler that answers them. Test code.
//
// The same cases are run on a connection in memory and through a real socket. cases/README.md has
// their form. A line that is none of it throws, with file and line: a case that is not read would
// pass for ever.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/connection.h"

namespace assay::wire {

struct ExpectedReply {
  std::string line;                  // "200 keep-alive GET /path", "400 close"
  bool to_head = false;              // it answers HEAD: no body follows
  std::vector<std::string> present;  // "Name: value", each is a field of the reply
  std::vector<std::string> absent;   // "Name", none is
};

struct WireCase {
  std::string area;  // the file it stands in
  std::string title;
  std::string rule;
  Limits limits;
  std::string date_field;  // a whole "Date: ...\r\n" line, or empty
  std::string input;
  std::vector<ExpectedReply> expected;
  bool waits = false;  // the input ends within a request: the server waits for the rest

  bool ends_open() const;  // after the last reply the connection is still there
};

std::vector<WireCase> parse_cases(std::string_view text, std::string_view area);
std::vector<WireCase> all_wire_cases();  // from the repository's root

// Empty, or how the replies in `output` differ from what the case expects.
std::string difference(const WireCase& wire_case, std::string_view output);

// The same case in company. Whatever state a request leaves behind shows in the one after it.
WireCase behind_a_good_request(WireCase wire_case);  // REQUIRES: limits.keep_alive
// Answered after an open end, never after a closed one. REQUIRES: !waits
WireCase before_a_good_request(WireCase wire_case);

// Answers with what it understood, so that a case can say what that must be; cases/README.md lists
// the paths. Holds nothing: any number of connections and threads.
class CaseHandler final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override;
  std::unique_ptr<BodySink> sink(const Request& request) override;
  bool wants_body(const Request& request) override;
};

}  // namespace assay::wire
