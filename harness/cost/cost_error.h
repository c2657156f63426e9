// Why a measurement of what servers cost cannot go on: one cause, one remedy. What goes wrong
// inside a server is its last line, quoted. Values; any thread.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace assay::cost {

class CostError {
 public:
  static CostError out_of_system(std::string_view wish, std::string_view reason);
  static CostError unwritable(std::string_view path, std::string_view reason);
  static CostError no_server(std::string_view name, std::string_view command,
                             std::string_view last_words);
  static CostError wrong_reply(std::string_view name, std::string_view row, std::string_view fault);
  static CostError does_not_build(std::string_view name, std::string_view last_words);
  static CostError no_program(std::string_view program, std::string_view remedy);
  static CostError wrong_option(std::string_view option, std::string_view given,
                                std::string_view wanted);
  static CostError unsuited_body(std::string_view name, std::string_view reason);
  static CostError no_worker_option(std::string_view command);
  static CostError interrupted();

  CostError() = default;  // boost::system::result::error() of Boost 1.81 asks for it

  const std::string& what() const { return what_; }      // one sentence, without a full stop
  const std::string& remedy() const { return remedy_; }  // what to type

 private:
  CostError(std::string what, std::string remedy);

  std::string what_;
  std::string remedy_;
};

template <class T>
using Result = boost::system::result<T, CostError>;  // std::expected is C++23

}  // namespace assay::cost
