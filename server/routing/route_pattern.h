// A route's path as its author writes it: "/shops/{shop:int}/files/{rest:path}".
//
// Static segments and parameters; a parameter is a whole segment, and one of kind path the last.
// The static text is compared byte by byte with paths whose escapes are decoded, and is written so.
// What cannot be meant is refused with a sentence that says what to write instead.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/parameter_kind.h"

namespace assay::routing {

inline constexpr std::size_t most_parameters = 16;
inline constexpr std::size_t most_segments = 64;

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::text;

  bool operator==(const Parameter&) const = default;
};

class PatternError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

class RoutePattern {
 public:
  // What stands between two slashes; "/" and what ends in a slash have an empty static one last.
  struct Segment {
    bool is_parameter = false;
    std::string text;                          // of a static segment
    ParameterKind kind = ParameterKind::text;  // of a parameter
  };

  explicit RoutePattern(std::string_view text);  // throws PatternError

  const std::string& text() const { return text_; }
  const std::vector<Segment>& segments() const { return segments_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }

 private:
  void add_segment(std::string_view segment);
  void add_parameter(std::string_view declaration);

  std::string text_;
  std::vector<Segment> segments_;
  std::vector<Parameter> parameters_;
};

}  // namespace assay::routing
