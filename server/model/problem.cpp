#include "server/model/problem.h"

#include <fmt/format.h>

#include "server/model/json_text.h"
#include "server/model/utf8.h"

namespace assay::model {
namespace {

constexpr std::size_t longest_input = 256;

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

// "'a', 'b' or 'c'"
std::string spoken(std::span<const std::string> choices) {
  std::string out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) out += i + 1 == choices.size() ? " or " : ", ";
    out += choices[i];
  }
  return out;
}

std::string items_context(std::string_view container, std::string_view word, std::size_t bound,
                          std::size_t given) {
  return fmt::format(R"({{"field_type":"{}","{}":{},"actual_length":{}}})", container, word, bound,
                     given);
}

}  // namespace

std::string text(const std::vector<Step>& location) {
  std::string out;
  for (const Step& step : location) {
    if (const auto* index = std::get_if<std::size_t>(&step)) {
      out += fmt::format("[{}]", *index);
    } else {
      if (!out.empty()) out += '.';
      out += std::get<std::string>(step);
    }
  }
  return out;
}

std::string text(const Problem& problem) {
  const std::string where = text(problem.location);
  return where.empty() ? problem.message : where + ": " + problem.message;
}

Problem problem_of(const FixedProblem& fixed) {
  return {std::string(fixed.kind), {}, std::string(fixed.message), {}, {}};
}

Problem bound_problem(std::string_view kind, std::string_view words, std::string_view word,
                      std::string_view bound) {
  return {std::string(kind),
          {},
          fmt::format("Input should be {} {}", words, bound),
          {},
          fmt::format(R"({{"{}":{}}})", word, bound)};
}

Problem too_few_characters(std::size_t least) {
  return {"string_too_short",
          {},
          fmt::format("String should have at least {} character{}", least, plural(least)),
          {},
          fmt::format(R"({{"min_length":{}}})", least)};
}

Problem too_many_characters(std::size_t most) {
  return {"string_too_long",
          {},
          fmt::format("String should have at most {} character{}", most, plural(most)),
          {},
          fmt::format(R"({{"max_length":{}}})", most)};
}

Problem too_few_items(std::string_view container, std::size_t least, std::size_t given) {
  return {"too_short",
          {},
          fmt::format("{} should have at least {} item{} after validation, not {}", container,
                      least, plural(least), given),
          {},
          items_context(container, "min_length", least, given)};
}

Problem too_many_items(std::string_view container, std::size_t most, std::size_t given) {
  return {"too_long",
          {},
          fmt::format("{} should have at most {} item{} after validation, not {}", container, most,
                      plural(most), given),
          {},
          items_context(container, "max_length", most, given)};
}

Problem pattern_mismatch(std::string_view pattern) {
  return {"string_pattern_mismatch",
          {},
          fmt::format("String should match pattern '{}'", pattern),
          {},
          fmt::format(R"({{"pattern":{}}})", quoted(pattern))};
}

Problem not_one_of(std::string_view kind, std::span<const std::string> choices) {
  const std::string expected = spoken(choices);
  return {std::string(kind),
          {},
          "Input should be " + expected,
          {},
          fmt::format(R"({{"expected":{}}})", quoted(expected))};
}

Problem failed_check(std::string_view message) {
  return {"value_error",
          {},
          fmt::format("Value error, {}", message),
          {},
          fmt::format(R"({{"error":{}}})", quoted(message))};
}

Problem tag_missing(std::string_view key) {
  return {"union_tag_not_found",
          {},
          fmt::format("Unable to extract tag using discriminator '{}'", key),
          {},
          fmt::format(R"({{"discriminator":{}}})", quoted(fmt::format("'{}'", key)))};
}

Problem tag_unknown(std::string_view key, std::string_view tag, std::span<const std::string> tags) {
  const std::string expected = fmt::format("{}", fmt::join(tags, ", "));
  return {"union_tag_invalid",
          {},
          fmt::format("Input tag '{}' found using '{}' does not match any of the expected tags: {}",
                      tag, key, expected),
          {},
          fmt::format(R"({{"discriminator":{},"tag":{},"expected_tags":{}}})",
                      quoted(fmt::format("'{}'", key)), quoted(tag), quoted(expected))};
}

Problem unparsed(std::string_view kind, std::string_view what, std::string_view why) {
  return {std::string(kind),
          {},
          fmt::format("Input should be a valid {}, {}", what, why),
          {},
          fmt::format(R"({{"error":{}}})", quoted(why))};
}

Problem bad_json(std::string_view why, std::size_t line, std::size_t column) {
  return {"json_invalid",
          {},
          fmt::format("line {}, column {}: {}", line, column, why),
          {},
          fmt::format(R"({{"error":{}}})", quoted(why))};
}

std::string shown_input(std::string_view given) {
  if (given.size() <= longest_input) return std::string(given);
  return quoted(std::string(given.substr(0, utf8_cut(given, longest_input))) + "...");
}

}  // namespace assay::model
