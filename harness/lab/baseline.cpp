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

// Adds every variant of the baseline in `folder`.
std::optional<LabError> read_variants(const fs::path& checkout, const fs::path& folder,
                                      std::vector<Baseline>& all) {
  auto file = TomlFile::read(folder / "baseline.toml");
  if (!file) return file.error();
  TomlTable root = file->root();
  root.only({"title", "about", "language", "homepage", "interpreter", "pip", "command", "adapted",
             "variants"});
  Baseline shared;
  shared.name = folder.filename().string();
  shared.title = root.text("title");
  shared.about = root.text("about");
  shared.language = root.text("language");
  shared.adapted = root.texts("adapted");
  shared.folder = folder;
  const std::string interpreter = root.text("interpreter");
  shared.free_threaded = interpreter == "free-threaded";
  if (interpreter != "none") shared.environment = read_environment(checkout, shared.name);
  const std::vector<std::string> command = root.texts("command");
  const bool is_ours = !command.empty() && command.front() == "{server}";
  if (is_ours && !fs::exists(checkout / "build" / "bin" / "assay-server")) {
    shared.environment.reason = "build/bin/assay-server is missing: run make build";
  }

  for (auto& [name, table] : root.required_table("variants").members()) {
    table.only({"title", "model", "arguments", "environment"});
    Baseline& variant = all.emplace_back(shared);
    variant.variant = name;
    variant.variant_title = table.text("title");
    variant.model = table.text("model");
    variant.command = command;
    for (std::string& argument : table.texts("arguments")) variant.command.push_back(argument);
    if (auto variables = table.table("environment")) variant.variables = variables->text_members();
  }
  return file->error();
}

}  // namespace

std::vector<std::string> Baseline::command_for(const fs::path& server, const std::string& host,
                                               std::uint16_t port) const {
  std::vector<std::string> words;
  for (const std::string& word : command) {
    std::string filled = with(word, "{python}", environment.python);
    filled = with(std::move(filled), "{server}", server.string());
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
  return all;
}

}  // namespace assay::lab
