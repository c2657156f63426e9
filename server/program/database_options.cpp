#include "server/program/database_options.h"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "server/program/option_checks.h"

namespace assay {
namespace {

using std::chrono::milliseconds;
using storage::Journal;
using storage::Policy;
using storage::Synchronous;

constexpr auto group = "Database";

constexpr auto policies = R"(How a request comes to its connection:
per-thread: each thread keeps one; per-request: opened and closed each time;
pool: one of a few, handed on; single: one thread has the only one and does all)";

constexpr auto levels = R"(When a write is on the disk: full: before it is answered;
normal: before the log is copied, so that power loss takes the last;
off: when the system likes)";

// By the names that the settings themselves have.
template <class E>
std::map<std::string, E> names() {
  std::map<std::string, E> all;
  for (const auto& [value, name] : enumerators(static_cast<E*>(nullptr))) {
    all.emplace(std::string(name), value);
  }
  return all;
}

template <class E>
void add_choice(CLI::App& app, const char* name, std::string& wish, const char* what) {
  app.add_option(name, wish, what)
      ->capture_default_str()
      ->check(CLI::IsMember(names<E>()))
      ->group(group);
}

void add_seconds(CLI::App& app, const char* name, milliseconds& limit, const char* what) {
  const auto set = [&limit](double seconds) { limit = milliseconds(std::llround(seconds * 1000)); };
  app.add_option_function<double>(name, set, what)
      ->default_str(fmt::format("{:g}", static_cast<double>(limit.count()) / 1000))
      ->check(seconds_or_none())
      ->group(group);
}

void add_number(CLI::App& app, const char* name, std::size_t& number, unsigned long long most,
                const char* what) {
  app.add_option(name, number, what)
      ->capture_default_str()
      ->transform(number_between(1, most))
      ->group(group);
}

}  // namespace

void add_database(CLI::App& app, DatabaseWishes& wishes) {
  storage::Settings& settings = wishes.settings;
  app.add_option("--database", settings.path,
                 "SQLite's file, or :memory: for one that is gone with the server")
      ->capture_default_str()
      ->check(database_path())
      ->group(group);
  add_choice<Policy>(app, "--database-policy", wishes.policy, policies);
  add_number(app, "--database-pool", settings.pool_size, 1024, "Connections of the policy pool");
  add_seconds(app, "--database-wait", settings.wait_limit,
              "Seconds that a request waits for one of those; 503 then, with 0 at once");
  add_choice<Synchronous>(app, "--database-synchronous", wishes.synchronous, levels);
  add_choice<Journal>(app, "--database-journal", wishes.journal,
                      "wal: readers and the writer go on side by side; rollback: SQLite's own\n"
                      "default, where they wait for each other");
  add_seconds(app, "--database-busy", settings.busy_limit,
              "Seconds to wait for a lock that another connection holds; 503 then, with 0 at\n"
              "once. Who waits does nothing else meanwhile: under loop, a whole event loop");
  app.add_flag("--no-group-commit", wishes.no_group_commit,
               "A transaction for each write, where else those that wait share one")
      ->disable_flag_override()
      ->group(group);
  add_number(app, "--database-queue", settings.queue_limit, 10'000'000,
             "Writes that may wait; 503 beyond");
}

storage::Settings settings_of(const DatabaseWishes& wishes) {
  storage::Settings settings = wishes.settings;
  settings.policy = names<Policy>().at(wishes.policy);
  settings.synchronous = names<Synchronous>().at(wishes.synchronous);
  settings.journal = names<Journal>().at(wishes.journal);
  settings.group_commit = !wishes.no_group_commit;
  return settings;
}

}  // namespace assay
