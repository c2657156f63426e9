// JSON into values and typed models: `from_json<Item>(text)`, straight into the struct.
//
// Pure; any thread. A fault of syntax ends the reading at once, with line and column; wrong or
// missing members are all collected, each with its location ("cells[2].rate"). Unknown keys are
// skipped, so that a newer file can still be read. A key given twice is a problem.
#pragma once
#include <bitset>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/model/field.h"
#include "server/model/json_cursor.h"

namespace assay::model {

struct Problem {
  std::string location;
  std::string message;
};

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : cursor_(text) {}

  template <class T>
  void read_document(T& out) {
    read(out);
    cursor_.at_end();
    if (cursor_.failed()) problems_.push_back({location_, cursor_.fault()});
  }
  std::vector<Problem> problems() && { return std::move(problems_); }

 private:
  void report(std::string message) { problems_.push_back({location_, std::move(message)}); }
  // How a member's name joins the location that it stands in.
  std::string member_step(std::string_view key) const {
    return (location_.empty() ? "" : ".") + std::string(key);
  }
  void wrong_type(std::string_view wanted) {
    if (cursor_.skip_value()) report("should be " + std::string(wanted));
  }

  void read(bool& out);
  void read(double& out);
  void read(std::string& out);
  template <std::integral T>
  void read(T& out);
  template <class T>
  void read(std::optional<T>& out);
  template <class T>
  void read(std::vector<T>& out);
  template <class T>
  void read(std::map<std::string, T>& out);
  template <Model T>
  void read(T& out);

  template <Model T>
  void read_member(T& out, std::string_view key, std::bitset<field_count<T>>& seen);
  template <Model T>
  void report_missing(const std::bitset<field_count<T>>& seen);

  // Calls `member(key)` for each member of an object; false when there is no object.
  template <class Member>
  bool each_member(Member&& member);
  template <class Read>
  void within(std::string_view step, Read&& read_inner) {
    const std::size_t length = location_.size();
    location_ += step;
    read_inner();
    if (!cursor_.failed()) location_.resize(length);  // a fault keeps the place where it stood
  }

  bool next_is_number() {
    for (const char c : std::string_view("-0123456789")) {
      if (cursor_.next_is(c)) return true;
    }
    return false;
  }

  JsonCursor cursor_;
  std::string location_;
  std::vector<Problem> problems_;
};

inline void JsonReader::read(bool& out) {
  if (cursor_.next_is('t')) {
    out = cursor_.take_word("true");
  } else if (cursor_.next_is('f')) {
    out = !cursor_.take_word("false");
  } else {
    wrong_type("true or false");
  }
}

inline void JsonReader::read(double& out) {
  std::string_view digits;
  if (!next_is_number()) return wrong_type("a number");
  // strtod and not from_chars: Apple's library has no from_chars for doubles.
  if (!cursor_.take_number(digits)) return;
  const double value = std::strtod(std::string(digits).c_str(), nullptr);
  if (!std::isfinite(value)) return report("is out of range");
  out = value;
}

inline void JsonReader::read(std::string& out) {
  if (!cursor_.next_is('"')) return wrong_type("a string");
  cursor_.take_string(out);
}

template <std::integral T>
void JsonReader::read(T& out) {
  std::string_view digits;
  if (!next_is_number()) return wrong_type("an integer");
  if (!cursor_.take_number(digits)) return;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error == std::errc::result_out_of_range) {
    report("is out of range");
  } else if (error != std::errc() || end != digits.data() + digits.size()) {
    report("should be an integer");
  }
}

template <class T>
void JsonReader::read(std::optional<T>& out) {
  if (cursor_.next_is('n')) {
    cursor_.take_word("null");
    out.reset();
  } else {
    read(out.emplace());
  }
}

template <class T>
void JsonReader::read(std::vector<T>& out) {
  out.clear();
  if (!cursor_.next_is('[')) return wrong_type("an array");
  if (!cursor_.open('[')) return;
  if (cursor_.next_is(']')) {
    cursor_.close(']');
    return;
  }
  do {
    T element{};
    within("[" + std::to_string(out.size()) + "]", [&] { read(element); });
    out.push_back(std::move(element));
  } while (cursor_.next_is(',') && cursor_.take(','));
  cursor_.close(']');
}

template <class Member>
bool JsonReader::each_member(Member&& member) {
  if (!cursor_.next_is('{')) {
    wrong_type("an object");
    return false;
  }
  if (!cursor_.open('{')) return false;
  if (cursor_.next_is('}')) return cursor_.close('}');
  std::string key;
  do {
    if (!cursor_.take_string(key) || !cursor_.take(':')) return false;
    member(key);
  } while (cursor_.next_is(',') && cursor_.take(','));
  return cursor_.close('}');
}

template <class T>
void JsonReader::read(std::map<std::string, T>& out) {
  out.clear();
  each_member([&](const std::string& key) {
    within(member_step(key), [&] {
      const auto [entry, is_new] = out.try_emplace(key);
      if (!is_new) report("is given twice");
      read(entry->second);
    });
  });
}

template <Model T>
void JsonReader::read_member(T& out, std::string_view key, std::bitset<field_count<T>>& seen) {
  bool known = false;
  for_each_field<T>([&](const auto& field, std::size_t index) {
    if (known || std::remove_cvref_t<decltype(field)>::name != key) return;
    known = true;
    within(member_step(key), [&] {
      if (seen[index]) report("is given twice");
      seen.set(index);
      read(out.*(field.member));
    });
  });
  if (!known) cursor_.skip_value();
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <Model T>
void JsonReader::report_missing(const std::bitset<field_count<T>>& seen) {
  for_each_field<T>([&](const auto& field, std::size_t index) {
    using F = std::remove_cvref_t<decltype(field)>;
    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*(field.member))>;
    if (seen[index] || is_optional<Member>) return;
    within(member_step(F::name), [&] { report("is missing"); });
  });
}

template <Model T>
void JsonReader::read(T& out) {
  std::bitset<field_count<T>> seen;
  if (each_member([&](const std::string& key) { read_member(out, key, seen); })) {
    report_missing<T>(seen);
  }
}

// The value, or every problem found.
template <class T>
struct Reading {
  T value{};
  std::vector<Problem> problems;
  bool ok() const { return problems.empty(); }
};

template <class T>
Reading<T> from_json(std::string_view text) {
  Reading<T> reading;
  JsonReader reader(text);
  reader.read_document(reading.value);
  reading.problems = std::move(reader).problems();
  return reading;
}

}  // namespace assay::model
