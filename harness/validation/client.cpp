#include "harness/validation/client.h"

#include <array>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "server/model/json_read.h"

namespace assay::validation {
namespace {

// A number at the front of the text, and what follows it; no sign and no exponent.
std::optional<std::pair<double, std::string>> number_at_front(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789.");
  std::istringstream digits{std::string(text.substr(0, end))};
  digits.imbue(std::locale::classic());
  double number = 0;
  if (!(digits >> number)) return std::nullopt;
  return std::pair(number, std::string(end == text.npos ? "" : text.substr(end)));
}

// The words of the line that begins with this one; the first such line.
std::vector<std::string> line_of(const std::string& said, std::string_view first) {
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string> all;
    for (std::string word; words >> word;) all.push_back(word);
    if (!all.empty() && all.front() == first) return all;
  }
  return {};
}

std::optional<double> time_in(const std::vector<std::string>& words, std::size_t place) {
  return place < words.size() ? time_of(words[place]) : std::nullopt;
}

// ab writes milliseconds without their unit, and whole ones for percentiles.
std::optional<double> milliseconds_in(const std::vector<std::string>& words, std::size_t place) {
  if (place >= words.size()) return std::nullopt;
  const auto number = number_at_front(words[place]);
  return number ? std::optional(number->first * 1e-3) : std::nullopt;
}

// The part of oha's document that is of interest.
struct OhaPercentiles {
  std::optional<double> p50;
  std::optional<double> p90;
  std::optional<double> p99;
  static constexpr auto model() {
    return std::tuple{field<"p50">(&OhaPercentiles::p50), field<"p90">(&OhaPercentiles::p90),
                      field<"p99">(&OhaPercentiles::p99)};
  }
};
struct OhaSummary {
  std::optional<double> average;
  static constexpr auto model() { return std::tuple{field<"average">(&OhaSummary::average)}; }
};
struct OhaDocument {
  OhaSummary summary;
  OhaPercentiles percentiles;
  static constexpr auto model() {
    return std::tuple{field<"summary">(&OhaDocument::summary),
                      field<"latencyPercentiles">(&OhaDocument::percentiles)};
  }
};

std::vector<std::string> wrk_words(const Call& call) {
  return {"-t",        "1",
          "-c",        fmt::to_string(call.connections),
          "-d",        fmt::format("{}s", call.seconds),
          "--latency", call.url};
}

std::vector<std::string> with_front(std::vector<std::string> front,
                                    std::vector<std::string> words) {
  front.insert(front.end(), words.begin(), words.end());
  return front;
}

std::vector<std::string> oha_words(const Call& call) {
  std::vector<std::string> words{"oha",
                                 "--no-tui",
                                 "--output-format",
                                 "json",
                                 "-c",
                                 fmt::to_string(call.connections),
                                 "-z",
                                 fmt::format("{}s", call.seconds)};
  if (call.rate) {
    words.insert(words.end(), {"-q", fmt::to_string(*call.rate), "--latency-correction"});
  }
  words.push_back(call.url);
  return words;
}

}  // namespace

std::optional<double> time_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 6> units{
      {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}}};
  const auto number = number_at_front(text);
  if (!number) return std::nullopt;
  for (const auto& [unit, seconds] : units) {
    if (number->second == unit) return number->first * seconds;
  }
  return std::nullopt;
}

Reading read_wrk(const std::string& said) {
  const auto percentile = [&](const char* own, const char* of_wrk2) {
    const auto words = line_of(said, own);
    return time_in(words.empty() ? line_of(said, of_wrk2) : words, 1);
  };
  return {time_in(line_of(said, "Latency"), 1), percentile("50%", "50.000%"),
          percentile("90%", "90.000%"), percentile("99%", "99.000%")};
}

// "time for request:     2.02ms     57.23ms      3.49ms      6.64ms    97.89%": the third is the
// mean.
Reading read_h2load(const std::string& said) {
  constexpr std::string_view row = "time for request:";
  Reading reading;
  const std::size_t found = said.find(row);
  if (found == said.npos) return reading;
  std::istringstream words(said.substr(found + row.size()));
  std::string least;
  std::string most;
  std::string mean;
  if (words >> least >> most >> mean) reading.mean = time_of(mean);
  return reading;
}

Reading read_ab(const std::string& said) {
  Reading reading;
  reading.p50 = milliseconds_in(line_of(said, "50%"), 1);
  reading.p90 = milliseconds_in(line_of(said, "90%"), 1);
  reading.p99 = milliseconds_in(line_of(said, "99%"), 1);
  constexpr std::string_view row = "Time per request:";  // the first is the mean of single ones
  const std::size_t found = said.find(row);
  if (found == said.npos) return reading;
  std::istringstream words(said.substr(found + row.size()));
  std::string mean;
  words >> mean;
  reading.mean = milliseconds_in({mean}, 0);
  return reading;
}

Reading read_oha(const std::string& said) {
  const std::size_t begin = said.find('{');
  if (begin == said.npos) return {};
  const auto document = model::from_json<OhaDocument>(said.substr(begin));
  if (!document.ok()) return {};
  const OhaPercentiles& all = document.value.percentiles;
  return {document.value.summary.average, all.p50, all.p90, all.p99};
}

std::vector<Client> other_clients() {
  const auto wrk = [](const Call& call) { return with_front({"wrk"}, wrk_words(call)); };
  const auto wrk2 = [](const Call& call) {
    return with_front({"wrk2", "-R", fmt::to_string(call.rate.value())}, wrk_words(call));
  };
  const auto h2load = [](const Call& call) {
    return std::vector<std::string>{"h2load", "--h1",
                                    "-t",     "1",
                                    "-c",     fmt::to_string(call.connections),
                                    "-D",     fmt::to_string(call.seconds),
                                    call.url};
  };
  const auto ab = [](const Call& call) {
    return std::vector<std::string>{"ab",
                                    "-k",
                                    "-q",
                                    "-c",
                                    fmt::to_string(call.connections),
                                    "-t",
                                    fmt::to_string(call.seconds),
                                    "-n",
                                    "10000000",
                                    call.url};
  };
  return {{"wrk", "-v", Pace::by_replies, wrk, read_wrk},
          {"wrk2", "-v", Pace::by_a_rate, wrk2, read_wrk},
          {"h2load", "--version", Pace::by_replies, h2load, read_h2load},
          {"ab", "-V", Pace::by_replies, ab, read_ab},
          {"oha", "--version", Pace::either, oha_words, read_oha}};
}

}  // namespace assay::validation
