#include "harness/lab/plan/workload.h"

#include <algorithm>

#include "harness/lab/file_text.h"
#include "harness/lab/plan/toml_file.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// What stands beside the settings is a file for a baseline, unless it is data or a module that
// several of them share; a name that no baseline has does no harm.
std::vector<std::string> implementations_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string file_content(TomlTable& table, std::string_view key, const fs::path& folder) {
  const std::string name = table.text(key);
  const auto text = text_of(folder / name);
  if (!text) table.fault(key, "names " + name + ", which is not there");
  return text.value_or("");
}

ReplyRule read_reply(TomlTable table, const fs::path& folder) {
  table.only({"status", "type", "body", "text", "texts"});
  ReplyRule rule{table.integers("status", 200, 599), table.text("type", ""), {}, false};
  if (table.has("body")) rule.texts.push_back(file_content(table, "body", folder));
  if (table.has("text")) rule.texts.push_back(table.text("text"));
  if (table.has("texts")) rule.texts = table.texts("texts");
  return rule;
}

WorkloadPart read_part(TomlTable& table, const fs::path& folder) {
  TomlTable request = table.required_table("request");
  request.only({"method", "path", "type", "body"});
  WorkloadPart part;
  if (table.has("weight")) part.weight = static_cast<unsigned>(table.integer("weight", 1, 1000));
  part.method = request.text("method");
  part.path = request.text("path");
  part.content_type = request.text("type", "");
  if (request.has("body")) part.body = file_content(request, "body", folder);
  part.reply = read_reply(table.required_table("reply"), folder);
  return part;
}

// `check = { path, body, text | reply }`: the part with another path, body and reply. A reply is a
// file, or "echo".
WorkloadPart read_check(TomlTable check, const WorkloadPart& part, const fs::path& folder) {
  check.only({"path", "body", "text", "reply", "status"});
  WorkloadPart asked = part;
  asked.path = check.text("path");
  if (check.has("status")) {  // of what does not fit: how it is refused is each server's own
    asked.reply = {check.integers("status", 200, 599), {}, {}, false};
    if (check.has("body")) asked.body = file_content(check, "body", folder);
    return asked;
  }
  if (check.has("body")) asked.body = file_content(check, "body", folder);
  asked.reply.texts.clear();
  if (check.has("text")) {
    asked.reply.texts = {check.text("text")};
  } else if (check.text("reply") == "echo") {
    asked.reply.is_echo = true;
  } else {
    asked.reply.texts = {file_content(check, "reply", folder)};
  }
  return asked;
}

WorkloadPart read_counted(TomlTable counted) {
  counted.only({"path", "text"});
  const std::string text = counted.text("text");
  if (text.find("{digits}") == text.npos) counted.fault("text", "has no {digits} to be counted");
  return {1, "GET", counted.text("path"), {}, {}, {{200}, {}, {text}, false}};
}

// What a folder, or one of its variants, asks: one request, or a mix of several.
void read_parts(TomlTable& table, const fs::path& folder, Workload& workload) {
  if (!table.has("mix")) {
    workload.parts.push_back(read_part(table, folder));
    for (TomlTable& check : table.one_or_more("check")) {
      workload.checks.push_back(read_check(check, workload.first(), folder));
    }
    if (auto counted = table.table("counted")) workload.counted = read_counted(*counted);
    return;
  }
  for (const std::string_view key : {"check", "counted"}) {
    if (table.has(key)) table.fault(key, "is for one request, and this is a mix");
  }
  for (TomlTable& part : table.tables("mix")) {
    part.only({"weight", "request", "reply"});
    workload.parts.push_back(read_part(part, folder));
  }
}

void read_variants(TomlTable& root, const fs::path& folder, const Workload& shared,
                   std::vector<Workload>& all) {
  for (auto& [name, table] : root.required_table("variants").members()) {
    table.only({"title", "request", "reply", "check", "counted", "mix", "only"});
    Workload& variant = all.emplace_back(shared);
    variant.name += "@" + name;
    variant.title += ": " + table.text("title");
    if (table.has("only")) variant.only = table.texts("only");
    read_parts(table, folder, variant);
  }
}

}  // namespace

bool Workload::is_for_others(const std::string& implementation) const {
  return !only.empty() && std::find(only.begin(), only.end(), implementation) == only.end();
}

bool Workload::runs_on(const std::string& implementation) const {
  return !is_for_others(implementation) &&
         std::binary_search(implementations.begin(), implementations.end(), implementation);
}

Result<std::vector<Workload>> read_workloads(const fs::path& folder) {
  auto file = TomlFile::read(folder / "workload.toml");
  if (!file) return file.error();
  TomlTable root = file->root();
  root.only({"title", "measures", "used_by", "state", "request", "reply", "check", "counted", "mix",
             "variants"});
  Workload shared;
  shared.name = folder.filename().string();
  shared.title = root.text("title");
  shared.measures = root.text("measures");
  shared.used_by = root.texts("used_by");
  shared.state = root.text("state", "");
  shared.implementations = implementations_in(folder);
  std::vector<Workload> all;
  if (root.has("request") || root.has("mix") || !root.has("variants")) {
    read_parts(root, folder, all.emplace_back(shared));
  }
  if (root.has("variants")) read_variants(root, folder, shared, all);
  if (const auto error = file->error()) return *error;
  return all;
}

Result<std::vector<Workload>> all_workloads(const fs::path& checkout) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(checkout / "workloads")) {
    if (fs::exists(entry.path() / "workload.toml")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<Workload> workloads;
  for (const fs::path& folder : folders) {
    auto found = read_workloads(folder);
    if (!found) return found.error();
    for (Workload& workload : *found) workloads.push_back(std::move(workload));
  }
  return workloads;
}

}  // namespace assay::lab
