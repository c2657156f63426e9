#include "server/forms/spool_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace assay::forms {
namespace {

std::string directory_of(const std::string& wished) {
  if (!wished.empty()) return wished;
  const char* const usual = std::getenv("TMPDIR");
  return usual != nullptr && *usual != '\0' ? usual : "/tmp";
}

// Never has a name. Not every system knows it, and not every file system does where it is known.
int open_nameless(const std::string& directory) {
#ifdef O_TMPFILE
  return ::open(directory.c_str(), O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
#else
  static_cast<void>(directory);
  return -1;
#endif
}

}  // namespace

std::shared_ptr<SpoolFile> SpoolFile::open(const std::string& directory) {
  const int number = open_nameless(directory_of(directory));
  if (number < 0) return open_named(directory);
  return std::shared_ptr<SpoolFile>(new SpoolFile(number));
}

std::shared_ptr<SpoolFile> SpoolFile::open_named(const std::string& directory) {
  std::string path = directory_of(directory) + "/assay-upload-XXXXXX";
  const int number = ::mkostemp(path.data(), O_CLOEXEC);
  if (number < 0) return nullptr;
  ::unlink(path.c_str());
  return std::shared_ptr<SpoolFile>(new SpoolFile(number));
}

SpoolFile::~SpoolFile() { ::close(number_); }

bool SpoolFile::append(std::string_view bytes) {
  const std::uint64_t before = size_;
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      size_ = before;
      return false;
    }
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void SpoolFile::read(std::uint64_t offset, char* to, std::size_t count) const {
  while (count > 0) {
    const ssize_t got = ::pread(number_, to, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      const int cause = got < 0 ? errno : EIO;
      throw std::system_error(cause, std::generic_category(), "reading an uploaded file");
    }
    offset += static_cast<std::uint64_t>(got);
    to += got;
    count -= static_cast<std::size_t>(got);
  }
}

}  // namespace assay::forms
