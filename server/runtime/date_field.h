// The reply's Date field, made once a second and not once a reply.
//
// Belongs to one thread: `renew` and the readers of `line` run on its thread.
#pragma once
#include <ctime>
#include <string>

namespace assay::runtime {

class DateField {
 public:
  void renew(std::time_t now);                       // wants memory the first time alone
  const std::string& line() const { return line_; }  // "Date: ...\r\n"

 private:
  std::string line_;
};

}  // namespace assay::runtime
