#include "server/app/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace assay {

std::unique_ptr<FileSource> FileSource::open(const std::string& path) {
  // Without waiting: a pipe of that name would hold the thread until somebody writes to it.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return nullptr;
  struct stat status{};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(file);
    return nullptr;
  }
  return std::unique_ptr<FileSource>(
      new FileSource(file, static_cast<std::uint64_t>(status.st_size)));
}

FileSource::~FileSource() { close(file_); }

// A file that has grown since is sent as long as it was; one that is shorter breaks the connection,
// because the length was already said.
bool FileSource::more(std::string& out) {
  constexpr std::uint64_t at_a_time = 64 * 1024;
  const std::uint64_t wanted = std::min(at_a_time, size_ - given_);
  if (wanted == 0) return false;
  const std::size_t before = out.size();
  out.resize(before + wanted);
  const ssize_t count = pread(file_, out.data() + before, wanted, static_cast<off_t>(given_));
  out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category());
  if (count == 0) throw std::runtime_error("the file became shorter while it was sent");
  given_ += static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
  return given_ < size_;
}

}  // namespace assay
