// assay-server: the reference server, with every workload of this checkout.
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/app/app.h"
#include "server/options.h"
#include "server/serving.h"
#include "workloads/routes.h"

int main(int argc, char** argv) {
  const assay::Parsed parsed = assay::parse_options(argc, argv);
  if (!parsed.settings) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  assay::App app([](std::string_view bug) { assay::say(fmt::format("bug: {}\n", bug)); });
  assay::workloads::add_routes(app);
  return assay::serve(*parsed.settings, app);
}
