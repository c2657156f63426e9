#include "harness/lab/baseline.h"

#include <algorithm>

#include "harness/lab/toml_file.h"

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

Environment environment_of(const fs::path& checkout, const Baseline& baseline,
                           const std::string& interpreter, const std::string& name) {
  if (is_ours(baseline)) {
    if (fs::exists(checkout / "build" / "bin" / "assay-server")) return {};
    return {"", "", "", "build/bin/assay-server is missing: run make build", {}};
  }
  const bool needs_none = interpreter == "none" && name.empty();
  return needs_none ? Environment{} : read_environment(checkout, name);
}

std::vector<Finding> findings_of(TomlTable& variant) {
  const auto table = variant.table("finding");
  if (!table) return {};
  TomlTable finding = *table;
  finding.only({"workload", "status", "says"});
  return {{finding.text("workload"), static_cast<int>(finding.integer("status", 200, 599)),
           finding.text("says", "")}};
}

Baseline read_shared(TomlTable& root, const fs::path& folder) {
  root.only({"title", "about", "language", "homepage", "interpreter", "pip", "command", "adapted",
             "implementation", "program", "variants"});
  Baseline shared;
  shared.name = folder.filename().string();
  shared.title = root.text("title");
  shared.about = root.text("about");
  shared.language = root.text("language");
  shared.implementation = root.text("implementation", shared.name);
  shared.adapted = root.texts("adapted");
  shared.command = root.texts("command");
  shared.folder = folder;
  return shared;
}

void read_variant(const fs::path& checkout, TomlTable& root, TomlTable& table, Baseline& variant) {
  table.only({"title", "model", "arguments", "environment", "interpreter", "requirements",
              "adapted", "lacks", "finding", "lock"});
  variant.variant_title = table.text("title");
  variant.model = table.text("model");
  for (std::string& argument : table.texts("arguments")) variant.command.push_back(argument);
  if (auto variables = table.table("environment")) variant.variables = variables->text_members();
  if (table.has("adapted")) {
    for (std::string& each : table.texts("adapted")) variant.adapted.push_back(std::move(each));
  }
  if (table.has("lacks")) variant.lacks = table.texts("lacks");
  variant.findings = findings_of(table);
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
  for (auto& [name, table] : root.required_table("variants").members()) {
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

bool Baseline::is_without(const std::string& workload) const {
  return std::any_of(lacks.begin(), lacks.end(),
                     [&](const std::string& lack) { return covers(lack, workload); });
}

const Finding* Baseline::finding(const std::string& workload) const {
  const auto found = std::find_if(
      findings.begin(), findings.end(),
      [&](const Finding& finding) { return covers(finding.workload, workload); });
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
