#include "harness/cost/storage_contenders.h"

#include <array>

#include <fmt/format.h>

namespace assay::cost {
namespace {

constexpr std::array models = {"loop", "pool", "thread"};
constexpr std::array policy_names = {"per-thread", "per-request", "pool", "single"};

// On one file, so that what is written once is there for all that are told the same name.
Contender contender(std::string_view name, const std::string& command,
                    const std::filesystem::path& database) {
  Contender made;
  made.name = name;
  made.command = words_of(command);
  replace_in(made.command, "database", database.string());
  return made;
}

}  // namespace

Question one_write(std::size_t keys) {
  Question question;
  question.request.method = "PUT";
  question.request.target = "/notes/{key}";
  question.request.headers = {{"Content-Type", "application/json"}};
  question.request.body = R"({"text":"what a small note holds"})";
  question.keys = keys;
  return question;
}

std::vector<Contender> readers(const StorageOptions& options, const std::filesystem::path& folder) {
  const std::string quickly_filled = options.notes + " --database-synchronous off";
  std::vector<Contender> both = {contender(plain_reply, quickly_filled, folder / "reads.db"),
                                 contender(get_by_key, quickly_filled, folder / "reads.db")};
  both[0].question = {{"GET", "/samples/{key}", {}, {}}, options.keys};
  both[1].question = {{"GET", "/notes/{key}", {}, {}}, options.keys};
  return both;
}

std::vector<Contender> policies(const StorageOptions& options,
                                const std::filesystem::path& folder) {
  std::vector<Contender> all;
  for (const std::string_view model : models) {
    for (const std::string_view policy : policy_names) {
      const std::string name = fmt::format("{} {}", model, policy);
      all.push_back(
          contender(name, options.workloads, folder / fmt::format("{}-{}.db", model, policy)));
      replace_in(all.back().command, "model", model);
      replace_in(all.back().command, "policy", policy);
    }
  }
  return all;
}

std::vector<Contender> writers(const StorageOptions& options, const std::filesystem::path& folder) {
  const std::string durable = options.notes + " --database-synchronous full";
  std::vector<Contender> both = {
      contender(one_by_one, durable + " --no-group-commit", folder / "one-by-one.db"),
      contender(group_commit, durable, folder / "group-commit.db")};
  for (Contender& each : both) {
    each.question = one_write(writing_clients);
    each.question->has_same_replies = false;  // they count the changes
  }
  return both;
}

}  // namespace assay::cost
