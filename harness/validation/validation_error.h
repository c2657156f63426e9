// Why a proof cannot go on: one cause, one remedy. What a ruler reads wrongly is no error; it is a
// Check that disagrees. Values; any thread.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace assay::validation {

class ValidationError {
 public:
  static ValidationError no_server(std::string_view program, std::string_view last_words);
  static ValidationError no_record(std::string_view reason);
  static ValidationError no_load(std::string_view what, std::string_view remedy);
  static ValidationError unreadable_log(std::string_view path, std::string_view reason);
  static ValidationError unwritable(std::string_view path, std::string_view reason);
  static ValidationError out_of_system(std::string_view wish, std::string_view reason);
  static ValidationError no_test(std::string_view name, std::string_view all);
  static ValidationError no_round(std::string_view reason);
  static ValidationError interrupted();

  ValidationError() = default;  // boost::system::result::error() of Boost 1.81 asks for it

  const std::string& what() const { return what_; }      // one sentence, without a full stop
  const std::string& remedy() const { return remedy_; }  // what to type

 private:
  ValidationError(std::string what, std::string remedy);

  std::string what_;
  std::string remedy_;
};

template <class T>
using Result = boost::system::result<T, ValidationError>;  // std::expected is C++23

}  // namespace assay::validation
