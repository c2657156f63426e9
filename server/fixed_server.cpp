// assay-fixed-server: the reference server with one reply that is ready, for what a server costs
// beside what its handlers cost: GET /json answers 526 bytes.
#include <cstdio>
#include <string>

#include "server/app/app.h"
#include "server/program/options.h"
#include "server/program/serving.h"

int main(int argc, char** argv) {
  const assay::Parsed parsed = assay::parse_options(argc, argv);
  if (!parsed.settings) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  const std::string body = '"' + std::string(524, 'x') + '"';
  assay::App app;
  app.get("/json", [&body] { return assay::Content{"application/json", body}; });
  return assay::serve(*parsed.settings, app);
}
