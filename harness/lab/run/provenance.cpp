#include "harness/lab/run/provenance.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

#include "harness/lab/host/sha256.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace assay::lab {
namespace {

// The first line that a command prints; empty when it fails or is not there.
std::string line_of(const std::string& command) {
  const auto close = [](FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<FILE, decltype(close)> pipe(popen((command + " 2>/dev/null").c_str(), "r"),
                                                    close);
  std::array<char, 512> line{};
  if (!pipe || fgets(line.data(), line.size(), pipe.get()) == nullptr) return {};
  const std::string text = line.data();
  return text.substr(0, text.find('\n'));
}

std::string quoted(const std::filesystem::path& path) {
  std::string text = "'";
  for (const char c : path.string()) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

// Those that no server gets (see changes_a_server in server_process.cpp) are not among them.
constexpr std::array<std::string_view, 14> telling = {"LD_LIBRARY_PATH",
                                                      "DYLD_",
                                                      "MALLOC_",
                                                      "GLIBC_TUNABLES",
                                                      "GOMAXPROCS",
                                                      "GOGC",
                                                      "GODEBUG",
                                                      "GOMEMLIMIT",
                                                      "NODE_OPTIONS",
                                                      "OPENSSL_",
                                                      "TOKIO_",
                                                      "UV_THREADPOOL_SIZE",
                                                      "LANG",
                                                      "LC_ALL"};

// Our own variables reach the servers that we start.
std::map<std::string, std::string> telling_environment() {
  std::map<std::string, std::string> found;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view variable = *each;
    const auto is_start = [&](std::string_view name) { return variable.starts_with(name); };
    const auto equals = variable.find('=');
    if (equals == variable.npos || std::none_of(telling.begin(), telling.end(), is_start)) continue;
    found[std::string(variable.substr(0, equals))] = variable.substr(equals + 1);
  }
  return found;
}

// The files that stand in the folder itself: what several baselines or workloads share.
void add_files_of(const Checkout& checkout, const std::string& folder,
                  std::set<std::string>& paths) {
  std::error_code missing;
  for (const auto& each : std::filesystem::directory_iterator(checkout.folder / folder, missing)) {
    if (each.is_regular_file(missing)) paths.insert(folder + '/' + each.path().filename().string());
  }
}

constexpr auto compiler =
#if defined(__clang__)
    "clang " __clang_version__;
#else
    "gcc " __VERSION__;
#endif

}  // namespace

Provenance provenance_of(const Checkout& checkout, const std::vector<std::string>& argv) {
  const std::string git = "git -C " + quoted(checkout.folder);
  Provenance provenance;
  provenance.commit = line_of(git + " rev-parse --verify --quiet HEAD");
  provenance.dirty = !line_of(git + " status --porcelain").empty();
  provenance.server_sha256 = sha256_of_file(checkout.server());
  provenance.assay_sha256 = sha256_of_file(checkout.laboratory());
  provenance.environment = telling_environment();
  provenance.compiler = compiler;
  provenance.flags = ASSAY_FLAGS;
  provenance.build = ASSAY_BUILD;
  provenance.argv = argv;
  return provenance;
}

std::set<std::string> sources_of(const Checkout& checkout, const Bench& bench) {
  std::set<std::string> paths = {"harness/plans/" + bench.plan.name + ".toml", "harness/clients"};
  for (const Cell& cell : bench.cells) {
    paths.insert("workloads/" + cell.workload->folder());
    paths.insert("baselines/" + cell.baseline->name);
  }
  add_files_of(checkout, "workloads", paths);
  add_files_of(checkout, "baselines", paths);
  return paths;
}

}  // namespace assay::lab
