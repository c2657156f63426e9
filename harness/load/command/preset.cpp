#include "harness/load/command/preset.h"

#include <algorithm>
#include <array>
#include <string>

#include "harness/load/text/same_letters.h"

namespace assay::load {
namespace {

// What oha 1.11 sends on its own, spelt as it does.
constexpr std::array<std::string_view, 3> oha_headers{
    "accept: */*", "accept-encoding: gzip, compress, deflate, br", "user-agent: oha/1.11.0"};

std::string_view name_of(std::string_view header) { return header.substr(0, header.find(':')); }

void add_headers(std::vector<std::string>& headers) {
  for (const std::string_view header : oha_headers) {
    const bool is_typed = std::any_of(headers.begin(), headers.end(), [&](const std::string& each) {
      return same_letters(name_of(each), name_of(header));
    });
    if (!is_typed) headers.emplace_back(header);
  }
}

}  // namespace

Result<Options> with_preset(std::string_view name, const Options& typed, const IsTyped& is_typed,
                            std::size_t cores) {
  if (name != "oha") return LoadError::unknown_preset(name);
  Options options = typed;
  if (!is_typed("-c")) options.connections = 100;
  if (!is_typed("-d")) options.seconds = 10;
  if (!is_typed("--warm-up")) options.warm_up_s = 10;
  // oha waits for ever, and a run must end; no reply of a document's server needs this long.
  if (!is_typed("--timeout")) options.timeout_s = 60;
  if (!is_typed("-t")) options.threads = std::min(static_cast<double>(cores), options.connections);
  add_headers(options.headers);
  return options;
}

}  // namespace assay::load
