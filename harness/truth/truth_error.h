// Why a server whose answer is known cannot start: one cause, one remedy. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace assay::truth {

class TruthError {
 public:
  static TruthError cannot_listen(std::string_view host, std::uint16_t port,
                                  std::string_view reason);
  static TruthError out_of_system(std::string_view wish, std::string_view reason);
  static TruthError unreadable_file(std::string_view path, std::string_view reason);
  static TruthError unwritable_file(std::string_view path, std::string_view reason);
  static TruthError no_check(std::string_view reason);

  TruthError() = default;  // boost::system::result::error() of Boost 1.81 asks for it

  const std::string& what() const { return what_; }      // one sentence, without a full stop
  const std::string& remedy() const { return remedy_; }  // what to type

 private:
  TruthError(std::string what, std::string remedy);

  std::string what_;
  std::string remedy_;
};

template <class T>
using Result = boost::system::result<T, TruthError>;  // std::expected is C++23

}  // namespace assay::truth
