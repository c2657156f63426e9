#include "harness/lab/plan/baseline.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/file_text.h"
#include "harness/lab/plan/toml_file.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

std::string with(std::string text, std::string_view placeholder, std::string_view value) {
  for (std::size_t at = text.find(placeholder); at != text.npos; at = text.find(placeholder, at)) {
    text.replace(at, placeholder.size(), value);
    at += value.size();
  }
  return text;
}

bool is_ours(const Baseline& baseline) {
  return !baseline.command.empty() && baseline.command.front() == "{server}";
}

// A name, or the name of its folder: "echo" stands for "echo@sent-70" too.
bool covers(const std::string& name, const std::string& workload) {
  return name == workload || name == workload.substr(0, workload.find('@'));
}

// scripts/environments.py makes one for each file of requirements, by this name: `karak`, and
// `karak-fast` from requirements-fast.txt.
std::string environment_name(const std::string& baseline, TomlTable& variant) {
  if (!variant.has("requirements")) return baseline;
  constexpr std::string_view start = "requirements-";
  constexpr std::string_view end = ".txt";
  const std::string file = variant.text("requirements");
  if (!file.starts_with(start) || !file.ends_with(end)) {
    variant.fault("requirements", "should be a file such as requirements-newest.txt");
    return baseline;
  }
  return baseline + "-" + file.substr(start.size(), file.size() - start.size() - end.size());
}

// Whether the packages are those of another lock: an environment keeps a copy of its own.
bool is_stale(const fs::path& checkout, const Baseline& baseline, const std::string& name) {
  const std::string suffix = name.substr(baseline.name.size());
  const auto wanted = text_of(baseline.folder / ("requirements" + suffix + ".txt"));
  const auto made = text_of(checkout / ".venv" / name / "requirements.txt");
  return wanted && made && *wanted != *made;
}

Environment environment_of(const fs::path& checkout, const Baseline& baseline,
                           const std::string& interpreter, const std::string& name) {
  if (is_ours(baseline)) {
    if (fs::exists(checkout / "build" / "bin" / "assay-server")) return {};
    return {"", "", "", "build/bin/assay-server is missing: run make build", {}};
  }
  const bool needs_none = interpreter == "none" && name.empty();
  if (needs_none) return {};
  Environment environment = read_environment(checkout, name);
  if (environment.reason.empty() && is_stale(checkout, baseline, name)) {
    environment.reason = "its environment was made from other requirements: run make setup";
  }
  return environment;
}

std::vector<Finding> findings_of(TomlTable& variant) {
  const auto table = variant.table("finding");
  if (!table) return {};
  TomlTable finding = *table;
  finding.only({"workload", "status", "says"});
  return {{finding.text("workload"), static_cast<int>(finding.integer("status", 200, 599)),
           finding.text("says", "")}};
}

void add_reasons(TomlTable table, Baseline& baseline) {
  for (auto& reason : table.text_members()) baseline.lacks.push_back(std::move(reason));
}

void judge_choice(TomlTable& table, std::string_view key,
                  std::initializer_list<std::string_view> choices) {
  const std::string choice = table.text(key, *choices.begin());
  if (std::find(choices.begin(), choices.end(), choice) != choices.end()) return;
  table.fault(key, fmt::format("is \"{}\": it is one of {}", choice, fmt::join(choices, ", ")));
}

Baseline read_shared(TomlTable& root, const fs::path& folder) {
  root.only({"title", "about", "language", "homepage", "interpreter", "pip", "command", "adapted",
             "implementation", "program", "without", "variants"});
  Baseline shared;
  shared.name = folder.filename().string();
  shared.title = root.text("title");
  shared.about = root.text("about");
  shared.language = root.text("language");
  shared.implementation = root.text("implementation", shared.name);
  shared.adapted = root.texts("adapted");
  shared.command = root.texts("command");
  shared.folder = folder;
  if (const auto without = root.table("without")) add_reasons(*without, shared);
  if (shared.command.empty()) root.fault("command", "is empty");
  judge_choice(root, "interpreter", {"free-threaded", "system", "none"});
  return shared;
}

void read_variant(const fs::path& checkout, TomlTable& root, TomlTable& table, Baseline& variant) {
  table.only({"title", "model", "arguments", "environment", "interpreter", "requirements",
              "adapted", "lacks", "only", "finding", "lock"});
  variant.variant_title = table.text("title");
  variant.model = table.text("model");
  for (std::string& argument : table.texts("arguments")) variant.command.push_back(argument);
  if (auto variables = table.table("environment")) variant.variables = variables->text_members();
  if (table.has("adapted")) {
    for (std::string& each : table.texts("adapted")) variant.adapted.push_back(std::move(each));
  }
  if (const auto lacks = table.table("lacks")) add_reasons(*lacks, variant);
  if (table.has("only")) variant.only = table.texts("only");
  variant.findings = findings_of(table);
  judge_choice(table, "lock", {"off", "on"});
  if (table.has("interpreter")) judge_choice(table, "interpreter", {"free-threaded", "system"});
  const std::string interpreter = table.text("interpreter", root.text("interpreter"));
  // An extension may turn the lock on again; a variant that is there to show it says lock = "on".
  variant.runs_unlocked = interpreter == "free-threaded" && table.text("lock", "off") == "off";
  const bool is_set_up = interpreter != "none" || root.has("program");
  variant.environment =
      environment_of(checkout, variant, interpreter,
                     is_set_up ? environment_name(variant.name, table) : std::string());
}

// Adds every variant of the baseline in `folder`.
std::optional<LabError> read_variants(const fs::path& checkout, const fs::path& folder,
                                      std::vector<Baseline>& all) {
  auto file = TomlFile::read(folder / "baseline.toml");
  if (!file) return file.error();
  TomlTable root = file->root();
  const Baseline shared = read_shared(root, folder);
  const auto variants = root.required_table("variants").members();
  if (variants.empty()) root.fault("variants", "is empty: a baseline has one or more");
  for (auto [name, table] : variants) {
    Baseline& variant = all.emplace_back(shared);
    variant.variant = name;
    read_variant(checkout, root, table, variant);
  }
  return file->error();
}

// What Python's loop takes on this host, for the reference's `cpu@calibrated`: of the interpreter
// that the documents run on, or of any that is there.
std::optional<double> loop_us_of(const std::vector<Baseline>& all) {
  std::optional<double> any;
  for (const Baseline& baseline : all) {
    if (baseline.runs_unlocked && baseline.environment.loop_us) return baseline.environment.loop_us;
    if (!any) any = baseline.environment.loop_us;
  }
  return any;
}

void tell_ours(std::vector<Baseline>& all) {
  const auto loop_us = loop_us_of(all);
  if (!loop_us) return;
  const std::string text = std::to_string(static_cast<std::int64_t>(*loop_us + 0.5));
  for (Baseline& baseline : all) {
    if (is_ours(baseline)) baseline.variables.emplace_back("ASSAY_PYTHON_LOOP_US", text);
  }
}

}  // namespace

std::string Baseline::reason_without(const std::string& workload) const {
  const bool is_meant =
      only.empty() || std::any_of(only.begin(), only.end(),
                                  [&](const auto& each) { return covers(each, workload); });
  if (!is_meant) return "it is here for other workloads";
  const auto found = std::find_if(lacks.begin(), lacks.end(),
                                  [&](const auto& lack) { return covers(lack.first, workload); });
  return found == lacks.end() ? std::string() : found->second;
}

const Finding* Baseline::finding(const std::string& workload) const {
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return covers(finding.workload, workload);
  });
  return found == findings.end() ? nullptr : &*found;
}

std::vector<std::string> Baseline::command_for(const fs::path& server, const std::string& host,
                                               std::uint16_t port) const {
  std::vector<std::string> words;
  for (const std::string& word : command) {
    std::string filled = with(word, "{python}", environment.program);
    filled = with(std::move(filled), "{program}", environment.program);
    filled = with(std::move(filled), "{server}", server.string());
    filled = with(std::move(filled), "{workloads}",
                  (folder.parent_path().parent_path() / "workloads").string());
    filled = with(std::move(filled), "{host}", host);
    words.push_back(with(std::move(filled), "{port}", std::to_string(port)));
  }
  return words;
}

Result<std::vector<Baseline>> all_baselines(const fs::path& checkout) {
  std::vector<Baseline> all;
  for (const auto& entry : fs::directory_iterator(checkout / "baselines")) {
    if (!fs::exists(entry.path() / "baseline.toml")) continue;
    if (const auto error = read_variants(checkout, entry.path(), all)) return *error;
  }
  std::sort(all.begin(), all.end(),
            [](const Baseline& a, const Baseline& b) { return a.label() < b.label(); });
  tell_ours(all);
  return all;
}

}  // namespace assay::lab
