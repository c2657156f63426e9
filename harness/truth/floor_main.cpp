// assay-floor: the physical floor of a server, and the ceiling of a client.
#include <csignal>
#include <cstdio>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "harness/load/socket/file_limit.h"
#include "harness/load/socket/url.h"
#include "harness/truth/end_signals.h"
#include "harness/truth/floor.h"
#include "harness/truth/floor_options.h"

namespace {

using assay::truth::EndSignals;
using assay::truth::Floor;
using assay::truth::FloorSettings;

constexpr std::size_t most_connections = 65536;

int serve(const FloorSettings& settings, const EndSignals& signals) {
  const auto floor = Floor::start(settings);
  if (!floor) {
    fmt::print(stderr, "error: {}\n  {}\n", floor.error().what(), floor.error().remedy());
    return 1;
  }
  fmt::print(stderr, "listening on http://{}\n",
             assay::load::authority(settings.host, (*floor)->port()));
  signals.wait();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = assay::truth::floor_options(argc, argv);
  if (!options.settings) {
    std::fputs(options.text.c_str(), options.exit_status == 0 ? stdout : stderr);
    return options.exit_status;
  }
  std::signal(SIGPIPE, SIG_IGN);
  const EndSignals signals;
  // As many as there may be: a listener that cannot accept stays ready and turns in a loop.
  (void)assay::load::allow_open_files(most_connections);
  try {
    return serve(*options.settings, signals);
  } catch (const std::system_error& error) {  // threads or memory are short
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
