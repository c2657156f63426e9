// Any bytes into a model that has everything: what is accepted is written and read back as equal,
// is JSON to another library too, and has no problem with its own rules; what is not accepted has
// problems that can be shown.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/model/check.h"
#include "server/model/everything.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"
#include "server/model/second_opinion.h"

namespace {

using assay::model::Everything;
using assay::model::Opinion;
using assay::model::Problem;

void require(bool promise) {
  if (!promise) std::abort();
}

void require_json(std::string_view text) {
  require(assay::model::second_opinion(text) != Opinion::no_json);
}

constexpr std::size_t longest_input = 400;

// A report of problems is JSON as well, and each location is of this text.
void require_showable(const Problem& problem) {
  require(!problem.kind.empty() && !problem.message.empty());
  require(problem.input.size() < longest_input * 6);
  if (!problem.input.empty()) require_json(problem.input);
  if (!problem.context.empty()) require_json(problem.context);
}

void read_everything(std::string_view text) {
  const auto reading = assay::model::from_json<Everything>(text);
  const Opinion opinion = assay::model::second_opinion(text);
  require(reading.ok() || !reading.problems.empty());
  require(!reading.ok() || opinion != Opinion::no_json);
  // Beyond a limit of depth it is malformed to us alone.
  if (reading.malformed) {
    require(opinion != Opinion::json ||
            reading.problems.back().message.ends_with("nested too deep"));
  }
  for (const Problem& problem : reading.problems) require_showable(problem);
  if (!reading.ok()) return;
  require(assay::model::problems_of(reading.value).empty());
  const std::string written = assay::model::to_json(reading.value);
  require_json(written);
  const auto again = assay::model::from_json<Everything>(written);
  require(again.ok() && again.value == reading.value);
  require(assay::model::to_json(again.value) == written);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // In memory of exactly its size, so that a read past the end is seen.
  const std::string exact(reinterpret_cast<const char*>(bytes), size);
  char* const copy = static_cast<char*>(std::malloc(size > 0 ? size : 1));
  exact.copy(copy, size);
  read_everything({copy, size});
  std::free(copy);
  return 0;
}
