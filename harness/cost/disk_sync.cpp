#include "harness/cost/disk_sync.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "harness/cost/cost_host.h"
#include "harness/load/clock.h"
#include "harness/load/socket/descriptor.h"
#include "harness/statistics/median.h"

namespace assay::cost {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr int syncs = 40;

bool is_written(int file, const std::string& page) {
  return pwrite(file, page.data(), page.size(), 0) == static_cast<ssize_t>(page.size()) &&
         sync_data(file);
}

}  // namespace

Result<double> disk_sync_us(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "disk-sync";
  const load::Descriptor file(
      open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  (void)unlink(path.c_str());
  std::string page(page_bytes, 'x');
  std::vector<double> times;
  while (file.is_open() && times.size() <= syncs) {
    const load::TimePoint began = load::Clock::now();
    if (!is_written(file.number(), page)) break;
    times.push_back(load::in_microseconds(load::Clock::now() - began));
    ++page.front();  // no two alike
  }
  if (times.size() <= syncs) return CostError::unwritable(path.string(), std::strerror(errno));
  times.erase(times.begin());  // it gave the file its size
  return statistics::median(times);
}

}  // namespace assay::cost
