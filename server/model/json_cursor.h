// A place in a JSON text, and the steps that a reader takes from there.
//
// Belongs to one reader; the text must outlive it. The first fault of syntax stops it for good:
// each step then returns false, and `fault()` says what and where. Strict RFC 8259: no comments,
// no trailing commas, no leading zeros, no unpaired surrogates, UTF-8 alone; depth at most 64.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::model {

class JsonCursor {
 public:
  explicit JsonCursor(std::string_view text) : text_(text) {}

  bool next_is(char c);  // after white space; does not move over it
  bool take(char c);     // moves over `c`, or is a fault
  bool take_word(std::string_view word);
  bool take_string(std::string& out);
  bool take_number(std::string_view& digits);  // the number as written
  bool skip_value();                           // any value, checked as strictly
  bool at_end();                               // nothing but white space is left

  // Entering an object or array; a depth above 64 is a fault.
  bool open(char bracket);
  bool close(char bracket);

  bool failed() const { return !fault_.empty(); }
  std::string fault() const;  // "line 3, column 7: a value is expected"; empty when there is none

 private:
  bool refuse(std::string_view what);
  void skip_space();
  bool take_unplain(std::string& out);  // an escape, or a character beyond ASCII
  bool take_escape(std::string& out);
  bool take_unicode_escape(std::string& out);
  bool take_hex4(std::uint32_t& code);
  bool skip_members(char closing, bool keyed);

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string_view fault_;
};

}  // namespace assay::model
