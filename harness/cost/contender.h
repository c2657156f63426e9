// A server that takes part: what starts it, and what it answers with. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cost/cost_error.h"
#include "harness/load/request/request.h"

namespace assay::cost {

// What is asked of one server and of no other. {key} in the target is one of `keys` numbers, each
// of five digits; the connections are spread over them.
struct Question {
  load::Request request;
  std::size_t keys = 1;
  bool has_same_replies = true;  // all of one length
};

struct Contender {
  std::string name;
  // Says "listening on http://HOST:PORT" on standard error, unless `port` or {port} in the command
  // says where it is; then it is ready when a connection can be made.
  std::vector<std::string> command;
  std::vector<std::string> close_command;  // where a close needs another setting; else empty
  std::vector<std::pair<std::string, std::string>> variables;
  std::optional<std::uint16_t> port;
  std::optional<Question> question = std::nullopt;  // in place of a GET of what all are asked for
};

// One that cannot take part here, and why.
struct Absent {
  std::string name;
  CostError reason;
};

// NAME=COMMAND as `--server` takes it: words between spaces, no quotes.
Result<Contender> contender_of(std::string_view text);

std::vector<std::string> words_of(std::string_view command);
std::string joined(const std::vector<std::string>& words);
load::Request with_key(const Question& question, std::size_t key);
// Every "{name}" in every word becomes `value`. False: there was none.
bool replace_in(std::vector<std::string>& words, std::string_view name, std::string_view value);

}  // namespace assay::cost
