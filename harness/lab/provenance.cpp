#include "harness/lab/provenance.h"

#include <array>
#include <cstdio>
#include <memory>

#include "harness/lab/program_hash.h"

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
  provenance.compiler = compiler;
  provenance.build = ASSAY_BUILD;
  provenance.argv = argv;
  return provenance;
}

}  // namespace assay::lab
