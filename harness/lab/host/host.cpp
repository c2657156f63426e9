#include "harness/lab/host/host.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace assay::lab {
namespace {

constexpr double busy_load = 0.7;  // a build a minute ago, or something that goes on

constexpr rlim_t enough_files = 65'536;

std::string limit_text(rlim_t limit) {
  return limit == RLIM_INFINITY ? std::string("unlimited") : fmt::format("{}", limit);
}

}  // namespace

std::string host_id(const HostFacts& facts) {
  const std::string stable = fmt::format(
      "{}|{}|{}|{}|{}|{}", facts.cpu, facts.cores, facts.memory_bytes >> 30U, facts.architecture,
      facts.system.substr(0, facts.system.find(' ')), facts.machine);
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a: short, and the same on every system
  for (const char c : stable) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return fmt::format("{:012x}", hash >> 16U);
}

std::vector<std::string> host_notes(const HostFacts& facts) {
  std::vector<std::string> notes;
  if (facts.cores < 4) {
    notes.push_back(fmt::format("shared cores: client and server share the {} that this host has",
                                facts.cores));
  }
  if (const double load = load_average(); load > busy_load) {
    notes.push_back(
        fmt::format("busy: a load average of {:.1f} before anything was measured", load));
  }
  return notes;
}

std::map<std::string, std::string> host_settings() {
  std::map<std::string, std::string> settings = system_settings();
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    settings["open files"] = limit_text(files.rlim_cur);
    settings["open files at most"] = limit_text(files.rlim_max);
  }
  settings["load average"] = fmt::format("{:.2f}", load_average());
  return settings;
}

std::uint64_t raise_open_files() {
  constexpr rlim_t most_on_macos = 10'240;  // OPEN_MAX: it answers "unlimited" and refuses more
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return enough_files;
  for (const rlim_t wanted : {enough_files, most_on_macos}) {
    if (files.rlim_cur >= std::min(wanted, files.rlim_max)) break;
    const rlimit more{std::min(wanted, files.rlim_max), files.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) return more.rlim_cur;
  }
  return files.rlim_cur;
}

double load_average() {
  double load = 0;
  return getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace assay::lab
