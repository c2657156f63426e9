#include "server/program/app_program.h"

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "server/program/serving.h"

namespace assay {

int run_app(int argc, char** argv, void (*add_routes)(App&)) {
  return run_parsed(parse_options(argc, argv), add_routes);
}

int run_parsed(const Parsed& parsed, const std::function<void(App&)>& prepare) {
  if (!parsed.settings) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  App app;
  try {
    prepare(app);
    app.check_services();  // here, and not in each process that serves
  } catch (const std::exception& error) {
    say(fmt::format("error: {}\n", error.what()));
    return 1;
  }
  return serve(*parsed.settings, app);
}

}  // namespace assay
