#include "server/forms/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace assay::forms {

NewFile::NewFile(std::string path)
    : path_(std::move(path)),
      name_(path_.substr(0, path_.rfind('/') + 1) + ".assay-new-XXXXXX"),
      number_(::mkostemp(name_.data(), O_CLOEXEC)) {
  check(is_open());
}

NewFile::~NewFile() {
  if (!is_open()) return;
  ::close(number_);
  ::unlink(name_.c_str());
}

void NewFile::append(std::string_view bytes) {
  while (!error_ && !bytes.empty()) {
    const ssize_t written = ::write(number_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    check(written >= 0);
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::error_code NewFile::put_in_place() {
  if (!error_) check(::fsync(number_) == 0);
  if (!error_) check(std::rename(name_.c_str(), path_.c_str()) == 0);
  if (!error_) ::close(std::exchange(number_, -1));
  return error_;
}

void NewFile::check(bool succeeded) {
  if (!succeeded) error_ = {errno, std::generic_category()};
}

}  // namespace assay::forms
