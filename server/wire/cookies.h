// The pairs of a Cookie field, as "session=31d4; theme=dark" (RFC 6265, 4.2.1).
//
// A range of views into the field's value, which must outlive it; pure, allocates nothing. Lenient,
// because other sites of the same domain set cookies too: a part without "=" or without a name is
// passed over, blanks around a name or value are no part of it, nor are quotes around a value.
#pragma once
#include <optional>
#include <string_view>

#include "server/wire/pair_range.h"

namespace assay::wire {

class Cookies {
 public:
  struct Rules {
    static NamedValue next(std::string_view& rest);
  };
  using Iterator = PairIterator<Rules>;

  explicit Cookies(std::string_view field_value) : field_value_(field_value) {}
  Iterator begin() const { return Iterator(field_value_); }
  Iterator end() const { return {}; }

  // The first of this name, in the same case: a browser sends the one with the longest path first
  // (RFC 6265, 5.4).
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  std::string_view field_value_;
};

}  // namespace assay::wire
