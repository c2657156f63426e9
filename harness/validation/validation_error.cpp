#include "harness/validation/validation_error.h"

#include <utility>

#include <fmt/format.h>

namespace assay::validation {

ValidationError::ValidationError(std::string what, std::string remedy)
    : what_(std::move(what)), remedy_(std::move(remedy)) {}

ValidationError ValidationError::no_server(std::string_view program, std::string_view last_words) {
  return {fmt::format("{} does not serve: {}", program,
                      last_words.empty() ? "it said nothing" : last_words),
          "build it beside this program: make build"};
}

ValidationError ValidationError::no_record(std::string_view reason) {
  return {fmt::format("the truth server does not tell what it did: {}", reason),
          "build all programs of one version: make build"};
}

ValidationError ValidationError::no_load(std::string_view what, std::string_view remedy) {
  return {std::string(what), std::string(remedy)};
}

ValidationError ValidationError::unreadable_log(std::string_view path, std::string_view reason) {
  return {fmt::format("the log of requests {} cannot be read: {}", path, reason),
          "make room where temporary files go, or name another place: TMPDIR=..."};
}

ValidationError ValidationError::unwritable(std::string_view path, std::string_view reason) {
  return {fmt::format("{} cannot be written: {}", path, reason),
          "name a folder that can: assay validate --results FOLDER"};
}

ValidationError ValidationError::out_of_system(std::string_view wish, std::string_view reason) {
  return {fmt::format("the system gives no {}: {}", wish, reason), "end other programs, try again"};
}

ValidationError ValidationError::no_test(std::string_view name, std::string_view all) {
  return {fmt::format("there is no test \"{}\"", name), fmt::format("all of them: {}", all)};
}

ValidationError ValidationError::no_round(std::string_view reason) {
  return {fmt::format("the plain client could not measure the floor: {}", reason),
          "look whether other programs hold up this machine, and try again"};
}

ValidationError ValidationError::interrupted() {
  return {"stopped by hand", "start it again: make validate"};
}

}  // namespace assay::validation
