// A temporary file without a name, which the uploads of one request share: one descriptor for all.
//
// It has no name from the first moment, or a moment after, so that nothing is left of it whatever
// becomes of the process. One thread appends; then any number of threads read at once.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace assay::forms {

class SpoolFile {
 public:
  // In $TMPDIR or /tmp where the directory is empty. Nothing: it is not there, not writable, full,
  // or the process has no descriptor left.
  static std::shared_ptr<SpoolFile> open(const std::string& directory);
  // For file systems that know no file without a name: it has one for a moment. `open` calls it.
  static std::shared_ptr<SpoolFile> open_named(const std::string& directory);

  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;
  ~SpoolFile();

  // False: there is no room for all of it, and what of it is written is forgotten.
  bool append(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  // Throws std::system_error where the disk fails. REQUIRES: offset + count <= size()
  void read(std::uint64_t offset, char* to, std::size_t count) const;

 private:
  explicit SpoolFile(int number) : number_(number) {}

  int number_;
  std::uint64_t size_ = 0;
};

}  // namespace assay::forms
