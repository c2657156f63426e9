#include "harness/cost/cost_error.h"

#include <utility>

#include <fmt/format.h>

namespace assay::cost {

CostError::CostError(std::string what, std::string remedy)
    : what_(std::move(what)), remedy_(std::move(remedy)) {}

CostError CostError::out_of_system(std::string_view wish, std::string_view reason) {
  return {fmt::format("the system gave no {}: {}", wish, reason),
          "see what it allows, and ask for less: ulimit -a"};
}

CostError CostError::unwritable(std::string_view path, std::string_view reason) {
  return {fmt::format("\"{}\" cannot be written: {}", path, reason),
          "give a folder that can: TMPDIR=/tmp"};
}

CostError CostError::no_server(std::string_view name, std::string_view command,
                               std::string_view last_words) {
  return {fmt::format("{} did not begin to listen{}{}", name, last_words.empty() ? "" : ": ",
                      last_words),
          fmt::format("try it by hand: {}", command)};
}

CostError CostError::wrong_reply(std::string_view name, std::string_view row,
                                 std::string_view fault) {
  return {fmt::format("{} at {}: {}", name, row, fault),
          "look at what it sends: curl -v, with the path of --path"};
}

CostError CostError::does_not_build(std::string_view name, std::string_view last_words) {
  return {fmt::format("{} does not build: {}", name, last_words),
          "go on without it: --rivals nginx,beast"};
}

CostError CostError::no_program(std::string_view program, std::string_view remedy) {
  return {fmt::format("there is no {}", program), std::string(remedy)};
}

CostError CostError::wrong_option(std::string_view option, std::string_view given,
                                  std::string_view wanted) {
  return {fmt::format("{} does not take \"{}\"", option, given), fmt::format("{}", wanted)};
}

CostError CostError::unsuited_body(std::string_view name, std::string_view reason) {
  return {fmt::format("{} cannot be told to send this body: {}", name, reason),
          "take a path with a plainer one: --path /json"};
}

CostError CostError::no_worker_option(std::string_view command) {
  return {fmt::format("\"{}\" does not say where the number of workers goes", command),
          "write {workers} in it: --reference 'build/release/benches/assay-fixed-server --port 0 "
          "--workers {workers}'"};
}

CostError CostError::interrupted() {
  return {"interrupted before the end", "for a shorter run: --rounds 6 --seconds 0.2"};
}

}  // namespace assay::cost
