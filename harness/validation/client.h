// A load generator that is held against the truth beside ours: how it is called, and what it said.
// The parsers are pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "server/model/field.h"

namespace assay::validation {

using model::field;

// Seconds; nothing where a client does not say it.
struct Reading {
  std::optional<double> mean;
  std::optional<double> p50;
  std::optional<double> p90;
  std::optional<double> p99;
  static constexpr auto model() {
    return std::tuple{field<"mean">(&Reading::mean), field<"p50">(&Reading::p50),
                      field<"p90">(&Reading::p90), field<"p99">(&Reading::p99)};
  }
};

struct Call {
  std::string url;
  int connections = 16;
  int seconds = 10;
  std::optional<int> rate;  // nothing: as fast as replies come
};

enum class Pace { by_replies, either, by_a_rate };  // what sets it: what a client can do

struct Client {
  std::string name;
  std::string version_option;
  Pace pace = Pace::by_replies;
  std::function<std::vector<std::string>(const Call&)> command;
  std::function<Reading(const std::string& said)> read;
};

std::vector<Client> other_clients();

Reading read_wrk(const std::string& said);  // and wrk2, which prints the same and more
Reading read_h2load(const std::string& said);
Reading read_ab(const std::string& said);
Reading read_oha(const std::string& said);

// "1.50ms", "76us", "2.01s", "1m": as wrk and h2load write times. In seconds.
std::optional<double> time_of(std::string_view text);

}  // namespace assay::validation
