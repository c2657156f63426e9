// assay-truth: the server that a ruler is held against.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "harness/load/command/interrupt.h"
#include "harness/load/socket/file_limit.h"
#include "harness/load/socket/url.h"
#include "harness/truth/end_signals.h"
#include "harness/truth/self_check.h"
#include "harness/truth/truth_options.h"
#include "harness/truth/truth_record.h"
#include "harness/truth/truth_server.h"
#include "server/model/json_write.h"

namespace {

using namespace assay::truth;  // NOLINT(google-build-using-namespace): the program of this folder

constexpr std::size_t most_connections = 65536;

int refuse(const TruthError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 1;
}

int serve(const TruthSettings& settings) {
  const EndSignals signals;
  const auto server = TruthServer::start(settings);
  if (!server) return refuse(server.error());
  fmt::print(stderr, "listening on http://{}\n",
             assay::load::authority(settings.host, (*server)->port()));
  signals.wait();
  const Result<void> ended = (*server)->end();
  return ended ? 0 : refuse(ended.error());
}

int check(const TruthSettings& settings, double seconds) {
  assay::load::Stop stop;
  const assay::load::Interrupt interrupt(stop);
  const auto duration = std::chrono::duration_cast<nanoseconds>(Seconds(seconds));
  const Result<std::string> table = self_check(settings, duration, stop);
  if (!table) return refuse(table.error());
  fmt::print("{}", *table);
  return 0;
}

int execute(const TruthOptions& options) {
  const TruthSettings& settings = *options.settings;
  if (options.self_check_s > 0) return check(settings, options.self_check_s);
  if (options.forecast == 0) return serve(settings);
  fmt::print("{}\n", assay::model::to_json(forecast(settings.service, options.forecast)));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const TruthOptions options = truth_options(argc, argv);
  if (!options.settings) {
    std::fputs(options.text.c_str(), options.exit_status == 0 ? stdout : stderr);
    return options.exit_status;
  }
  std::signal(SIGPIPE, SIG_IGN);
  // As many as there may be: a listener that cannot accept stays ready and turns in a loop.
  (void)assay::load::allow_open_files(most_connections);
  try {
    return execute(options);
  } catch (const std::exception& error) {  // threads or memory are short
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
