// A file that takes its place under a path when it is whole, and not before.
//
// Written beside the path under a name of its own, and renamed over whatever stands there. The
// first error is kept and told at the end; a file that is not put in place is removed. One thread.
#pragma once
#include <string>
#include <string_view>
#include <system_error>

namespace assay::forms {

class NewFile {
 public:
  explicit NewFile(std::string path);  // only its owner may read it
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  void append(std::string_view bytes);
  // On the disk before it has its name: after a power cut there is the old file or the new one.
  std::error_code put_in_place();

 private:
  void check(bool succeeded);
  bool is_open() const { return number_ >= 0; }

  std::string path_;
  std::string name_;  // until it is in place
  int number_;
  std::error_code error_;
};

}  // namespace assay::forms
