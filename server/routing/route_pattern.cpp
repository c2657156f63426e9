#include "server/routing/route_pattern.h"

#include <algorithm>
#include <optional>

namespace assay::routing {
namespace {

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_name_character);
}

std::string quoted(std::string_view text) { return std::string("\"").append(text).append("\""); }

// The pattern, what is wrong with it, and what to write instead; printed without its control
// characters.
PatternError refused(std::string_view pattern, std::string_view why) {
  std::string text = std::string("route ").append(quoted(pattern)).append(": ").append(why);
  std::replace_if(text.begin(), text.end(), is_control, '?');
  return PatternError(text);
}

PatternError no_leading_slash(std::string_view pattern) {
  return refused(pattern,
                 "a path begins with a slash: write " + quoted("/" + std::string(pattern)));
}

PatternError control_character(std::string_view pattern) {
  return refused(pattern, "there is a control character in it: leave it out");
}

PatternError stray_brace(std::string_view pattern, std::string_view segment) {
  return refused(pattern, quoted(segment) +
                              " has a brace too few or too many: a parameter is a whole segment, "
                              "write /{name}/ or /{name:int}/");
}

PatternError wrong_name(std::string_view pattern, std::string_view name) {
  return refused(
      pattern,
      quoted(name) + " is no name of a parameter: write letters, digits and _, as {item_id}");
}

PatternError unknown_type(std::string_view pattern, std::string_view type) {
  return refused(pattern, "there is no type " + quoted(type) +
                              ": write str, int, float, bool, date, datetime, uuid or path");
}

PatternError name_twice(std::string_view pattern, std::string_view name) {
  return refused(pattern, "two parameters are called " + quoted(name) + ": rename one");
}

PatternError path_not_last(std::string_view pattern) {
  return refused(pattern, "a parameter of type path takes all that follows: write it last");
}

PatternError too_many(std::string_view pattern, std::size_t most, std::string_view things) {
  return refused(pattern, "there are more than " + std::to_string(most) + " " +
                              std::string(things) + ": take the rest as {rest:path}");
}

}  // namespace

RoutePattern::RoutePattern(std::string_view text) : text_(text) {
  if (std::any_of(text.begin(), text.end(), is_control)) throw control_character(text);
  if (text.empty() || text.front() != '/') throw no_leading_slash(text);
  for (std::size_t begin = 1; begin <= text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    add_segment(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

void RoutePattern::add_segment(std::string_view segment) {
  const bool ends_in_path = !parameters_.empty() && segments_.back().is_parameter &&
                            parameters_.back().kind == ParameterKind::path;
  if (ends_in_path) throw path_not_last(text_);
  if (segments_.size() == most_segments) throw too_many(text_, most_segments, "segments");
  const std::size_t braces = static_cast<std::size_t>(
      std::count_if(segment.begin(), segment.end(), [](char c) { return c == '{' || c == '}'; }));
  if (braces == 0) {
    segments_.push_back({.is_parameter = false, .text = std::string(segment)});
  } else if (braces == 2 && segment.front() == '{' && segment.back() == '}') {
    add_parameter(segment.substr(1, segment.size() - 2));
  } else {
    throw stray_brace(text_, segment);
  }
}

void RoutePattern::add_parameter(std::string_view declaration) {
  const std::size_t colon = declaration.find(':');
  const std::string_view name = declaration.substr(0, colon);
  if (!is_name(name)) throw wrong_name(text_, name);
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) throw name_twice(text_, name);
  }
  if (parameters_.size() == most_parameters) throw too_many(text_, most_parameters, "parameters");
  auto kind = std::optional(ParameterKind::text);
  if (colon != declaration.npos) {
    const std::string_view type = declaration.substr(colon + 1);
    kind = kind_named(type);
    if (!kind) throw unknown_type(text_, type);
  }
  segments_.push_back({.is_parameter = true, .text = {}, .kind = *kind});
  parameters_.push_back({std::string(name), *kind});
}

}  // namespace assay::routing
