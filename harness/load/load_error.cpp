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

LoadError LoadError::no_reply(std::string_view place, std::string_view url,
                              std::string_view reason) {
  return {fmt::format("{} gave no reply that can be read: {}", place, reason),
          fmt::format("look at what it sends: curl -v {}", url)};
}

LoadError LoadError::no_unix_server(std::string_view path, std::string_view reason) {
  return {fmt::format("nothing answers at the Unix socket {}: {}", path, reason),
          fmt::format("start the server first: assay-server --unix {}", path)};
}

LoadError LoadError::unix_path_too_long(std::string_view path, std::size_t limit) {
  return {fmt::format("the path of the Unix socket has {} bytes; this system takes {}: {}",
                      path.size(), limit, path),
          "give it a shorter one: assay load http://localhost/ --unix /tmp/assay.sock"};
}

LoadError LoadError::stopped() {
  return {"stopped before a connection stood, so nothing was measured",
          "wait until the server takes connections, or for --timeout"};
}

LoadError LoadError::stopped_too_soon() {
  return {"stopped before a reply was measured", "wait until the warm-up is over"};
}

LoadError LoadError::no_reply_in_time() {
  return {"no reply came while it was measured", "try a longer -d"};
}

LoadError LoadError::untrusted(std::string_view place, std::string_view reason) {
  return {fmt::format("the certificate of {} is not trusted: {}", place, reason),
          "say whom to trust: --ca FILE; or measure without looking at it: --insecure"};
}

LoadError LoadError::no_tls(std::string_view place) {
  return {fmt::format("{} answers, but not in TLS", place),
          "ask without: http:// instead of https://"};
}

LoadError LoadError::no_handshake(std::string_view place, std::string_view where,
                                  std::string_view reason) {
  return {fmt::format("{} did not shake hands in TLS: {}", place, reason),
          fmt::format("see what it accepts: openssl s_client {}", where)};
}

LoadError LoadError::no_authorities(std::string_view path, std::string_view reason) {
  return {fmt::format("the authorities in \"{}\" cannot be read: {}", path, reason),
          "name a PEM file with the certificates to trust: --ca FILE"};
}

LoadError LoadError::out_of_memory(std::string_view wanted) {
  return {fmt::format("there is no memory for {}", wanted),
          "end other programs, or ask for fewer connections: -c 16"};
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

LoadError LoadError::not_a_count(std::string_view option, double given, double least) {
  return {fmt::format("{} takes a whole number from {:.0f} to {:.0f}, not {}", option, least, most,
                      given),
          "for example: assay load http://127.0.0.1:8080/ -c 64 -n 100000 -t 1"};
}

LoadError LoadError::not_a_time(std::string_view option, double given) {
  return {fmt::format("{} takes a number of seconds above 0 and up to {:.0f}, not {}", option, most,
                      given),
          "for example: assay load http://127.0.0.1:8080/ -d 10 --warm-up 1 --timeout 5"};
}

LoadError LoadError::no_time(std::string_view given) {
  return {fmt::format("\"{}\" gives no time", given),
          "give seconds, or a number and its unit: -d 10, -d 500ms, -d 10s, -d 2m"};
}

LoadError LoadError::warm_up_beyond_most(nanoseconds least, nanoseconds most) {
  return {fmt::format("a warm-up of {:g} s at least cannot take {:g} s at most", in_seconds(least),
                      in_seconds(most)),
          "give --warm-up-most as much as --warm-up: --warm-up 1 --warm-up-most 10"};
}

LoadError LoadError::two_ends() {
  return {"-d and -n both say when to end",
          "give one of them: assay load http://127.0.0.1:8080/ -n 100000"};
}

LoadError LoadError::unreadable_file(std::string_view path, std::string_view reason) {
  return {fmt::format("the file \"{}\" cannot be read: {}", path, reason),
          "check the path after the @"};
}

LoadError LoadError::unwritable_file(std::string_view path, std::string_view reason) {
  return {fmt::format("the file \"{}\" cannot be written: {}", path, reason),
          "give a path in a folder that is there: --histogram latencies.hlog"};
}

LoadError LoadError::not_a_header(std::string_view text) {
  return {fmt::format("\"{}\" is not a header", text), "give it like this: -H 'Accept: text/html'"};
}

LoadError LoadError::wrong_length(std::string_view given, std::size_t bytes) {
  return {fmt::format("Content-Length says {}, but the body has {} bytes", given, bytes),
          "leave the header out: it is added as it must be"};
}

LoadError LoadError::no_last_chunk() {
  return {"Transfer-Encoding says that the body comes in chunks, but it has no last one",
          "leave the header out: a body is sent with its Content-Length"};
}

LoadError LoadError::two_hosts() {
  return {"the header Host is given twice", "give it once, or not at all"};
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

LoadError LoadError::relayed(std::string what, std::string remedy) {
  return {std::move(what), std::move(remedy)};
}

LoadError LoadError::not_a_rate(std::string_view given) {
  return {fmt::format("\"{}\" is no rate: requests per second from 0.000001 to 10000000", given),
          "give one: -r 1000, or -r 1000:5000 for one that grows"};
}

LoadError LoadError::pipeline_too_long(std::size_t most) {
  return {fmt::format("no more than {} requests may be under way on a connection", most),
          fmt::format("give --pipeline {} or less, and more connections with -c", most)};
}

LoadError LoadError::lost_output() {
  return {"the summary could not be written to standard output", "look whether the disk is full"};
}

LoadError LoadError::no_floor(std::string_view reason) {
  return {fmt::format("the floor server did not start: {}", reason), "leave it out: --no-ceiling"};
}

LoadError LoadError::option_without(std::string_view option, std::string_view needed) {
  return {fmt::format("{} says nothing without {}", option, needed),
          fmt::format("give both, or leave out {}", option)};
}

LoadError LoadError::two_ways(std::string_view one, std::string_view other) {
  return {fmt::format("{} and {} exclude each other", one, other), "give one of them"};
}

LoadError LoadError::pipeline_without_connection() {
  return {"several requests under way on a connection need one that is kept",
          "leave out --close, or --pipeline"};
}

LoadError LoadError::bad_placeholder(std::string_view placeholder, std::string_view reason) {
  constexpr std::size_t longest = 60;
  const bool is_long = placeholder.size() > longest;
  return {fmt::format("\"{}{}\" cannot be filled in: {}", placeholder.substr(0, longest),
                      is_long ? "..." : "", reason),
          "write {random:1:100}, {pick:red|green} or {pick:@FILE}; to send braces as they are: "
          "--verbatim"};
}

LoadError LoadError::not_json(std::string_view option, std::string_view reason) {
  return {fmt::format("{} was given what is no JSON: {}", option, reason),
          fmt::format("for example: {} '{{\"status\": \"ok\"}}', or {} @FILE", option, option)};
}

LoadError LoadError::bad_schema(std::string_view place, std::string_view reason) {
  return {fmt::format("the schema of --expect-schema cannot be held to at {}: {}", place, reason),
          "known are type, enum, const, properties, required, additionalProperties, items, bounds "
          "of numbers, lengths and counts, multipleOf, uniqueItems, pattern, allOf, anyOf, oneOf, "
          "not, $ref, $defs"};
}

LoadError LoadError::empty_part() {
  return {"--expect-contains was given nothing, which every reply contains",
          "give a text that a right reply has: --expect-contains '\"status\":\"ok\"'"};
}

LoadError LoadError::bad_pattern(std::string_view reason) {
  return {fmt::format("--expect-pattern cannot be held to: {}", reason),
          "{digits} stands for a number, all else for itself: --expect-pattern 'id={digits}, ok'"};
}

LoadError LoadError::not_statuses(std::string_view given) {
  return {fmt::format("\"{}\" is no status, nor several with commas between", given),
          "give one from 100 to 599, or those that are right: --expect-status 200,404"};
}

LoadError LoadError::bad_mix(std::size_t line, std::string_view reason) {
  return {fmt::format("line {} of --mix cannot be followed: {}", line, reason),
          "one request a line, its weight, its path, its options: 80 /items/1 --expect-status 200"};
}

LoadError LoadError::unknown_preset(std::string_view name) {
  return {fmt::format("there is no preset \"{}\"", name),
          "the only one is oha: assay load URL --preset oha"};
}

}  // namespace assay::load
