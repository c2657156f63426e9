// The rivals that are compiled from a folder here by their own language's tool: Go and Rust.
#include <filesystem>

#include "harness/cost/child.h"
#include "harness/cost/rivals.h"

namespace assay::cost {
namespace {

constexpr auto build_limit = std::chrono::minutes(5);

Result<void> built(const std::string& name, const std::vector<std::string>& command,
                   const load::Stop& stop) {
  const Result<Child> tool = Child::start({command, {}, {}});
  if (!tool) return tool.error();
  const std::optional<int> status = tool->wait(build_limit, stop);
  if (stop.requested()) return CostError::interrupted();
  if (!status) return CostError::does_not_build(name, "it took more than five minutes");
  if (*status != 0) return CostError::does_not_build(name, tool->last_words());
  return {};
}

std::string absolute(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::absolute(path, ignored).string();
}

}  // namespace

Result<Contender> go_rival(const Workshop& workshop) {
  if (!is_on_path("go")) return CostError::no_program("go on PATH", "install it: https://go.dev");
  const std::string program = absolute(workshop.built + "/go/rival");
  const std::string sources = workshop.sources + "/go";
  if (const auto done =
          built("go", {"go", "build", "-C", sources, "-o", program, "."}, workshop.stop);
      !done) {
    return done.error();
  }
  return Contender{"go", {program, workshop.body_path}, {}, {{"GOMAXPROCS", "1"}}, {}};
}

Result<Contender> rust_rival(const Workshop& workshop) {
  if (!is_on_path("cargo")) {
    return CostError::no_program("cargo on PATH", "install it: https://rustup.rs");
  }
  const std::string target = absolute(workshop.built + "/rust");
  const std::string manifest = workshop.sources + "/rust/Cargo.toml";
  if (const auto done = built("rust",
                              {"cargo", "build", "--release", "--locked", "--quiet",
                               "--manifest-path", manifest, "--target-dir", target},
                              workshop.stop);
      !done) {
    return done.error();
  }
  return Contender{"rust", {target + "/release/rival", workshop.body_path}, {}, {}, {}};
}

}  // namespace assay::cost
