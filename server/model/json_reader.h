// What reading JSON needs besides the types: syntax, limits, and the problems found.
//
// Belongs to one reading; the text must outlive it. A place is a pointer into the text. Steps take
// a place and give the place behind what they read, or null: then the syntax is at fault, and
// nothing more is read. Wrong values are reported and read over. Strict RFC 8259: no comments, no
// trailing commas, no leading zeros, no unpaired surrogates, UTF-8 alone.
//
// No step but those over strings and brackets asks for the end: the text ends in a bracket, which
// stops all others, or in a NUL behind it (`text_with_an_end`).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/plain_text.h"
#include "server/model/problem.h"

namespace assay::model {

struct ReadLimits {
  int depth = 64;                    // of objects and arrays in each other
  std::size_t elements = 1'000'000;  // of arrays, and entries of maps, all together
  std::size_t problems = 100;        // listed; one more says that there are others
};

class JsonReader {
 public:
  // REQUIRES: what `text_with_an_end` returned.
  JsonReader(std::string_view text, const ReadLimits& limits, std::vector<Problem>& problems)
      : begin_(text.data()), end_(begin_ + text.size()), limits_(limits), problems_(problems) {}
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  // `text` itself if it ends in a bracket, or a copy of it that `copy` keeps.
  static std::string_view text_with_an_end(std::string_view text, std::string& copy);

  const char* begin() const { return begin_; }
  const char* end() const { return end_; }

  // Over white space. REQUIRES: a token was just read that is no closing bracket, or at != end().
  static const char* skip_space(const char* at) {
    return static_cast<unsigned char>(*at) > ' ' ? at : skip_more_space(at);
  }
  // Behind an element or member: at the next one, or at the bracket that closes; null stays null.
  [[gnu::always_inline]] const char* to_next(const char* at, char closing) {
    if (at == nullptr) return nullptr;
    if (at == end_) return fault(at, "the text ends too soon");
    at = skip_space(at);
    if (*at == closing) return at;
    if (*at != ',') return no_comma(at, closing);
    at = skip_space(at + 1);
    return *at != closing ? at : no_element(at, closing);
  }
  const char* start() {
    return begin_ == end_ ? fault(begin_, "the text is empty") : skip_space(begin_);
  }
  bool finish(const char* at);  // nothing but white space is left

  // Into an object or array, and out of it. REQUIRES: `at` is at the bracket.
  const char* enter(const char* at) {
    return ++depth_ <= limits_.depth ? skip_space(at + 1) : too_deep(at);
  }
  const char* leave(const char* at) {  // null stays null
    if (at == nullptr) return nullptr;
    --depth_;
    return at + 1;
  }
  // Each element of an array and entry of a map.
  bool count_element(const char* at) {
    return ++elements_ <= limits_.elements || too_many(at) != nullptr;
  }

  const char* read_string(const char* at, std::string& out) {
    const char* const from = at + 1;
    const char* const stop = skip_plain(from, end_);
    if (stop == end_ || *stop != '"') return read_unplain_string(from, stop, out);
    out.assign(from, static_cast<std::size_t>(stop - from));
    return stop + 1;
  }
  // The same as a view into the text, or into `decoded` where there are escapes.
  const char* read_text(const char* at, std::string_view& out, std::string& decoded) {
    const char* const from = at + 1;
    const char* const stop = skip_plain(from, end_);
    if (stop == end_ || *stop != '"') return read_unplain_text(from, stop, out, decoded);
    out = {from, static_cast<std::size_t>(stop - from)};
    return stop + 1;
  }
  const char* skip_string(const char* at);
  const char* skip_number(const char* at);
  const char* skip_value(const char* at);
  const char* expect_word(const char* at, std::string_view word);  // "true", "null"
  // A member's name and the colon behind it. `key` is a view into the text, or into `decoded`.
  const char* read_key(const char* at, std::string_view& key, std::string& decoded);
  const char* behind_colon(const char* at);  // from behind a name to its value

  // Each reports, and returns where reading goes on: `wrong_value` skips the value at `at`, the
  // others have read up to `behind`.
  const char* wrong_value(const char* at, const FixedProblem& problem);
  void report(const char* at, const char* behind, Problem problem);
  void report_missing(const char* object, const char* behind, std::string_view name);
  // The value that began at `at` is wrong already, so that its rules need not be asked.
  bool has_problem_since(const char* at) const { return last_ != nullptr && last_ >= at; }

  const char* fault(const char* at, std::string_view what);
  bool malformed() const { return fault_at_ != nullptr; }
  // Gives each problem its location, which nobody kept while reading: one more walk over the text.
  void place_problems();

 private:
  static const char* skip_more_space(const char* at);
  const char* no_comma(const char* at, char closing);
  const char* no_element(const char* at, char closing);
  const char* too_deep(const char* at);
  const char* too_many(const char* at);
  const char* read_unplain_string(const char* from, const char* stop, std::string& out);
  const char* read_unplain_text(const char* from, const char* stop, std::string_view& out,
                                std::string& decoded);
  const char* read_escape(const char* at, std::string& out);
  const char* read_unicode_escape(const char* at, std::string& out);
  bool read_hex4(const char* at, std::uint32_t& code);
  const char* skip_member(const char* at);
  const char* skip_members(const char* at);
  const char* skip_elements(const char* at);
  void report_fault();

  const char* begin_;
  const char* end_;
  ReadLimits limits_;
  std::vector<Problem>& problems_;
  std::vector<const char*> places_;  // of each problem
  const char* last_ = nullptr;       // place of the last problem
  int depth_ = 0;
  std::size_t elements_ = 0;
  std::string scratch_;  // for strings that are read over
  const char* fault_at_ = nullptr;
  std::string_view fault_;
};

}  // namespace assay::model
