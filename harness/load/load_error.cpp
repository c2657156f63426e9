#include "harness/load/load_error.h"

#include <utility>

#include <fmt/format.h>

namespace assay::load {

LoadError::LoadError(std::string what, std::string remedy)
    : what_(std::move(what)), remedy_(std::move(remedy)) {}

LoadError LoadError::not_a_url(std::string_view text, std::string_view reason) {
  return {fmt::format("\"{}\" is not a URL to put load on: {}", text, reason),
          "give it like this: assay load http://127.0.0.1:8080/json"};
}

LoadError LoadError::unknown_host(std::string_view host, std::string_view reason) {
  return {fmt::format("there is no host \"{}\" ({})", host, reason),
          "check the name, or give an address: assay load http://127.0.0.1:8080/"};
}

LoadError LoadError::unreachable(std::string_view host, std::uint16_t port,
                                 std::string_view reason) {
  return {fmt::format("nothing answers at {} port {}: {}", host, port, reason),
          fmt::format("start the server first: assay-server --host {} --port {}", host, port)};
}

LoadError LoadError::no_reply(std::string_view host, std::uint16_t port, std::string_view reason) {
  return {fmt::format("{} port {} gave no reply that can be read: {}", host, port, reason),
          fmt::format("look at what it sends: curl -v http://{}:{}/", host, port)};
}

LoadError LoadError::nothing_to_do(std::string_view option) {
  return {fmt::format("{} must be more than 0", option),
          "for example: assay load http://127.0.0.1:8080/ -c 64 -d 10 -t 1"};
}

LoadError LoadError::more_threads_than_connections(std::size_t threads, std::size_t connections) {
  return {fmt::format("{} threads cannot share {} connection{}", threads, connections,
                      connections == 1 ? "" : "s"),
          fmt::format("give each thread one at least: -c {} -t {}", threads, threads)};
}

LoadError LoadError::out_of_threads(std::size_t threads, std::string_view reason) {
  return {fmt::format("the system did not give {} threads: {}", threads, reason),
          "ask for fewer: -t 1"};
}

LoadError LoadError::not_a_count(std::string_view option, double given) {
  return {fmt::format("{} takes a whole number from 1 on, not {}", option, given),
          "for example: assay load http://127.0.0.1:8080/ -c 64 -n 100000 -t 1"};
}

LoadError LoadError::not_a_time(std::string_view option, double given) {
  return {fmt::format("{} takes a number of seconds above 0, not {}", option, given),
          "for example: assay load http://127.0.0.1:8080/ -d 10 --warm-up 1 --timeout 5"};
}

LoadError LoadError::two_ends() {
  return {"-d and -n both say when to end",
          "give one of them: assay load http://127.0.0.1:8080/ -n 100000"};
}

LoadError LoadError::unreadable_file(std::string_view path, std::string_view reason) {
  return {fmt::format("the file \"{}\" cannot be read: {}", path, reason),
          "check the path after the @: --body @FILE, --expect-body @FILE"};
}

LoadError LoadError::not_a_header(std::string_view text) {
  return {fmt::format("\"{}\" is not a header", text), "give it like this: -H 'Accept: text/html'"};
}

LoadError LoadError::not_a_method(std::string_view text) {
  return {fmt::format("\"{}\" is not a method", text), "give one word, like this: -X DELETE"};
}

LoadError LoadError::too_few_open_files(std::size_t connections, std::size_t allowed) {
  return {fmt::format("{} connections need more open files than the {} allowed here", connections,
                      allowed),
          "allow more, or ask for fewer connections: ulimit -n 65536"};
}

LoadError LoadError::out_of_files(std::string_view reason) {
  return {fmt::format("the system gave no further socket or event queue: {}", reason),
          "allow more open files: ulimit -n 65536"};
}

}  // namespace assay::load
