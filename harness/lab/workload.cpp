#include "harness/lab/workload.h"

#include <algorithm>
#include <optional>

#include "harness/lab/file_text.h"
#include "harness/lab/toml_file.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> implementations_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".py" || file.extension() == ".cpp")
      names.push_back(file.stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

bool Workload::runs_on(const std::string& baseline) const {
  return std::binary_search(implementations.begin(), implementations.end(), baseline);
}

Result<Workload> read_workload(const fs::path& folder) {
  auto file = TomlFile::read(folder / "workload.toml");
  if (!file) return file.error();
  TomlTable root = file->root();
  root.only({"title", "measures", "used_by", "request", "reply"});
  TomlTable request = root.required_table("request");
  request.only({"method", "path"});
  TomlTable reply = root.required_table("reply");
  reply.only({"status", "type", "body"});

  Workload workload{folder.filename().string(),
                    root.text("title"),
                    root.text("measures"),
                    root.texts("used_by"),
                    request.text("method"),
                    request.text("path"),
                    static_cast<int>(reply.integer("status", 200, 599)),
                    reply.text("type"),
                    {},
                    implementations_in(folder)};
  const std::string body_file = reply.text("body");
  if (const auto error = file->error()) return *error;
  const auto body = text_of(folder / body_file);
  if (!body) {
    reply.fault("body", "names " + body_file + ", which is not there");
    return *file->error();
  }
  workload.body = *body;
  return workload;
}

Result<std::vector<Workload>> all_workloads(const fs::path& checkout) {
  std::vector<Workload> workloads;
  for (const auto& entry : fs::directory_iterator(checkout / "workloads")) {
    if (!fs::exists(entry.path() / "workload.toml")) continue;
    auto workload = read_workload(entry.path());
    if (!workload) return workload.error();
    workloads.push_back(*std::move(workload));
  }
  std::sort(workloads.begin(), workloads.end(),
            [](const Workload& a, const Workload& b) { return a.name < b.name; });
  return workloads;
}

}  // namespace assay::lab
