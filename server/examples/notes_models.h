// What is said of notes. Plain data, each described once.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/annotations.h"
#include "server/model/field.h"
#include "server/model/rules.h"

namespace assay::notes {

using model::at_least;
using model::at_most;
using model::default_value;
using model::field;
using model::max_items;
using model::max_length;
using model::pattern;

inline constexpr auto id_pattern = pattern("^[A-Za-z0-9_-]{1,64}$");
inline constexpr std::size_t longest_text = 100'000;

struct NewNote {
  std::string id;
  std::string text;
  static constexpr auto model() {
    return std::tuple{field<"id">(&NewNote::id, id_pattern),
                      field<"text">(&NewNote::text, max_length(longest_text))};
  }
};

struct NoteText {
  std::string text;
  static constexpr auto model() {
    return std::tuple{field<"text">(&NoteText::text, max_length(longest_text))};
  }
};

struct Note {
  std::string id;
  std::string text;
  std::int64_t counter = 0;  // never twice the same for an id
  static constexpr auto model() {
    return std::tuple{field<"id">(&Note::id), field<"text">(&Note::text),
                      field<"counter">(&Note::counter)};
  }
};

// What a note is labelled with: each once, in order.
struct Labels {
  std::vector<std::string> labels;
  static constexpr auto model() {
    return std::tuple{field<"labels">(&Labels::labels, max_items(100))};
  }
};

// One page of the names of notes, and where the next begins.
struct NotePage {
  std::vector<std::string> ids;
  std::optional<std::string> next;
  static constexpr auto model() {
    return std::tuple{field<"ids">(&NotePage::ids), field<"next">(&NotePage::next)};
  }
};

// How long a note lives, if not for ever.
struct Lifetime {
  std::optional<std::int64_t> ttl_s;
  static constexpr auto model() {
    return std::tuple{field<"ttl_s">(&Lifetime::ttl_s, at_least(1), at_most(31'536'000))};
  }
};

struct NewMove {
  std::string source;
  std::string target;
  std::int64_t lines = 1;
  static constexpr auto model() {
    return std::tuple{
        field<"source">(&NewMove::source, id_pattern),
        field<"target">(&NewMove::target, id_pattern),
        field<"lines">(&NewMove::lines, default_value(1), at_least(1), at_most(1'000))};
  }
};

// A row of the table of moves.
struct Move {
  std::int64_t number = 0;
  std::string source;
  std::string target;
  std::int64_t lines = 0;
  static constexpr auto model() {
    return std::tuple{field<"number">(&Move::number), field<"source">(&Move::source),
                      field<"target">(&Move::target), field<"lines">(&Move::lines)};
  }
};

// A row of the report: how many lines left a note, and came to it.
struct Traffic {
  std::string id;
  std::int64_t lines_out = 0;
  std::int64_t lines_in = 0;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Traffic::id), field<"lines_out">(&Traffic::lines_out),
                      field<"lines_in">(&Traffic::lines_in)};
  }
};

}  // namespace assay::notes
