#include "server/app_program.h"

#include <cstdio>
#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "server/options.h"
#include "server/serving.h"

namespace assay {

int run_app(int argc, char** argv, void (*add_routes)(App&)) {
  const Parsed parsed = parse_options(argc, argv);
  if (!parsed.settings) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  App app;
  try {
    add_routes(app);
  } catch (const std::exception& error) {
    say(fmt::format("error: {}\n", error.what()));
    return 1;
  }
  return serve(*parsed.settings, app);
}

}  // namespace assay
