#include "harness/load/command/mix_text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/load/command/command_line.h"
#include "harness/load/text/quoted_words.h"

namespace assay::load {
namespace {

bool says_nothing(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  return begin == std::string_view::npos || line[begin] == '#';
}

// 0: it is none.
unsigned weight_of(const std::string& word) {
  unsigned weight = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, weight);
  return error == std::errc() && stop == end && weight <= highest_weight ? weight : 0;
}

// Empty, or why the words are no options.
std::string take_options(QuestionOptions& options, std::vector<std::string> words) {
  CLI::App line;
  line.set_help_flag();
  add_question_options(line, options);
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  try {
    line.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return {};
}

Result<MixLine> mix_line(const std::vector<std::string>& words, std::size_t number) {
  MixLine line;
  line.number = number;
  line.weight = weight_of(words.front());
  if (line.weight == 0) {
    return LoadError::bad_mix(
        number, fmt::format("\"{}\" is no weight from 1 to {}", words.front(), highest_weight));
  }
  if (words.size() < 2 || words[1].front() != '/') {
    return LoadError::bad_mix(number, "a path that begins with / must follow the weight");
  }
  line.target = words[1];
  if (line.target.find_first_of(" \t\r\n") != std::string::npos) {
    return LoadError::bad_mix(number, "the path has a space, which must be written as %20");
  }
  const std::string fault = take_options(line.options, {words.begin() + 2, words.end()});
  if (!fault.empty()) return LoadError::bad_mix(number, fault);
  return line;
}

}  // namespace

Result<std::vector<MixLine>> parse_mix(std::string_view text) {
  std::vector<MixLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view written = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (says_nothing(written)) continue;
    const auto words = quoted_words(written);
    if (!words) return LoadError::bad_mix(number, "a quote is not closed");
    Result<MixLine> line = mix_line(*words, number);
    if (!line) return line.error();
    lines.push_back(std::move(*line));
  }
  if (lines.empty()) return LoadError::bad_mix(1, "there is no request in it");
  return lines;
}

}  // namespace assay::load
