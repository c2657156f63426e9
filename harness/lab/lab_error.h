// What keeps the laboratory from going on: one cause and one remedy, every text in lab_error.cpp.
// The fault is the user's or the host's; what goes wrong inside one trial is a reason in its
// result.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace assay::lab {

class LabError {
 public:
  static LabError unknown(std::string_view kind, std::string_view name,
                          const std::vector<std::string>& known);
  static LabError bad_file(std::string_view path, std::string_view reason);
  static LabError unreadable(std::string_view path, std::string_view reason);
  static LabError unwritable(std::string_view path, std::string_view reason);
  static LabError not_in_checkout(std::string_view folder);
  static LabError host_busy();
  static LabError no_process(std::string_view reason);
  static LabError run_exists(std::string_view folder);
  static LabError nothing_to_resume(std::string_view plan);
  static LabError changed_meanwhile(std::string_view path);
  static LabError begun_otherwise(std::string_view plan, std::string_view what);
  static LabError nothing_to_measure(std::string_view plan, std::string_view reason);
  static LabError nothing_in_common(std::string_view a, std::string_view b, std::string_view what);
  static LabError run_of_several_hosts(std::string_view run,
                                       const std::vector<std::string>& folders);
  static LabError runs_of_two_hosts(std::string_view a, std::string_view b);

  LabError() = default;  // boost::system::result::error() of Boost 1.81 asks for it

  const std::string& what() const { return what_; }      // one sentence, without a full stop
  const std::string& remedy() const { return remedy_; }  // what to type; may be empty

 private:
  LabError(std::string what, std::string remedy);

  std::string what_;
  std::string remedy_;
};

template <class T>
using Result = boost::system::result<T, LabError>;  // std::expected is C++23

}  // namespace assay::lab
