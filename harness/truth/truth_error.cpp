#include "harness/truth/truth_error.h"

#include <utility>

#include <fmt/format.h>

namespace assay::truth {

TruthError::TruthError(std::string what, std::string remedy)
    : what_(std::move(what)), remedy_(std::move(remedy)) {}

TruthError TruthError::cannot_listen(std::string_view host, std::uint16_t port,
                                     std::string_view reason) {
  return {fmt::format("nothing can listen at {} port {}: {}", host, port, reason),
          "take any free port of this machine: --host 127.0.0.1 --port 0"};
}

TruthError TruthError::out_of_system(std::string_view wish, std::string_view reason) {
  return {fmt::format("the system gave no {}: {}", wish, reason),
          "see what it allows, and ask for less: ulimit -a"};
}

TruthError TruthError::unreadable_file(std::string_view path, std::string_view reason) {
  return {fmt::format("\"{}\" cannot be read: {}", path, reason),
          "give a file that is there: --body workloads/json/reply.json"};
}

TruthError TruthError::unwritable_file(std::string_view path, std::string_view reason) {
  return {
      fmt::format("\"{}\" cannot be written: {}", path, reason),
      "give a file in a folder of yours, on a disk with room: --requests-log /tmp/requests.csv"};
}

TruthError TruthError::no_check(std::string_view reason) {
  return {fmt::format("the server could not be checked: {}", reason),
          "see how it answers: assay-truth --port 8080 and curl http://127.0.0.1:8080/__truth__"};
}

}  // namespace assay::truth
