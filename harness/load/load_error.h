// Why a load could not be put on a server at all: one cause and what to type instead. What goes
// wrong with single requests is no LoadError; it is counted in a Tally.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

#include "harness/load/clock.h"

namespace assay::load {

class LoadError {
 public:
  static constexpr double most = 1e9;  // of anything that the command line counts or times

  static LoadError not_a_url(std::string_view text, std::string_view reason);
  static LoadError unknown_host(std::string_view host, std::string_view reason);
  static LoadError unreachable(std::string_view host, std::uint16_t port, std::string_view reason);
  static LoadError no_reply(std::string_view place, std::string_view url, std::string_view reason);
  static LoadError no_unix_server(std::string_view path, std::string_view reason);
  static LoadError unix_path_too_long(std::string_view path, std::size_t limit);
  static LoadError stopped();
  static LoadError stopped_too_soon();
  static LoadError no_reply_in_time();
  static LoadError untrusted(std::string_view place, std::string_view reason);
  static LoadError no_tls(std::string_view place);
  // `where`: as openssl s_client is told, "-connect 127.0.0.1:443"
  static LoadError no_handshake(std::string_view place, std::string_view where,
                                std::string_view reason);
  static LoadError no_authorities(std::string_view path, std::string_view reason);
  static LoadError out_of_memory(std::string_view wanted);
  static LoadError unknown_preset(std::string_view name);
  static LoadError nothing_to_do(std::string_view option);
  static LoadError more_threads_than_connections(std::size_t threads, std::size_t connections);
  static LoadError out_of_threads(std::size_t threads, std::string_view reason);
  static LoadError not_a_count(std::string_view option, double given, double least = 1);
  static LoadError not_a_time(std::string_view option, double given);
  static LoadError no_time(std::string_view given);  // "-d 10x"
  static LoadError warm_up_beyond_most(nanoseconds least, nanoseconds most);
  static LoadError two_ends();
  static LoadError unreadable_file(std::string_view path, std::string_view reason);
  static LoadError unwritable_file(std::string_view path, std::string_view reason);
  static LoadError not_a_header(std::string_view text);
  static LoadError wrong_length(std::string_view given, std::size_t bytes);
  static LoadError no_last_chunk();
  static LoadError two_hosts();
  static LoadError not_a_method(std::string_view text);
  static LoadError too_few_open_files(std::size_t connections, std::size_t allowed);
  static LoadError out_of_files(std::string_view reason);
  // What another process could not do, in its words or those of who speaks for it.
  static LoadError relayed(std::string what, std::string remedy);
  static LoadError not_a_rate(std::string_view given);
  static LoadError option_without(std::string_view option, std::string_view needed);
  static LoadError two_ways(std::string_view one, std::string_view other);
  static LoadError pipeline_without_connection();
  static LoadError pipeline_too_long(std::size_t most);
  static LoadError lost_output();
  static LoadError no_floor(std::string_view reason);
  static LoadError bad_placeholder(std::string_view placeholder, std::string_view reason);
  static LoadError not_json(std::string_view option, std::string_view reason);
  static LoadError bad_schema(std::string_view place, std::string_view reason);
  static LoadError empty_part();
  static LoadError bad_pattern(std::string_view reason);
  static LoadError not_statuses(std::string_view given);
  static LoadError bad_mix(std::size_t line, std::string_view reason);

  LoadError() = default;  // boost::system::result::error() of Boost 1.81 asks for it

  const std::string& what() const { return what_; }      // one sentence, without a full stop
  const std::string& remedy() const { return remedy_; }  // what to type

 private:
  LoadError(std::string what, std::string remedy);

  std::string what_;
  std::string remedy_;
};

template <class T>
using Result = boost::system::result<T, LoadError>;  // std::expected is C++23

}  // namespace assay::load
