#include "server/program/storage_program.h"

#include "server/program/app_program.h"
#include "server/program/app_storage.h"
#include "server/program/facts_page.h"

namespace assay {
namespace {

CountsOf counts_of(const runtime::Settings& settings) {
  const bool forks = settings.model == runtime::Model::fork && settings.workers > 1;
  return forks ? CountsOf::process : CountsOf::server;
}

}  // namespace

int run_app_with_storage(int argc, char** argv, void (*add_routes)(App&)) {
  const Parsed parsed = parse_options(argc, argv, Offer::database);
  return run_parsed(parsed, [&](App& app) {
    AppStorage storage(app, parsed.storage, counts_of(*parsed.settings));
    add_routes(app);
    add_facts_page(app, *parsed.settings);
    if (parsed.names_database || storage.is_needed()) storage.open();
  });
}

}  // namespace assay
