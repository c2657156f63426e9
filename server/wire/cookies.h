// The pairs of a Cookie field, as "session=31d4; theme=dark" (RFC 6265, 4.2.1).
//
// A range of views into the field's value, which must outlive it; pure, allocates nothing. Lenient,
// because other sites of the same domain set cookies too: a part without "=" or without a name is
// passed over, blanks around a name or value are no part of it, nor are quotes around a value.
#pragma once
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

namespace assay::wire {

struct Cookie {
  std::string_view name;
  std::string_view value;
};

class Cookies {
 public:
  class Iterator {
   public:
    using value_type = Cookie;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;  // the end
    explicit Iterator(std::string_view rest) : rest_(rest) { advance(); }
    Cookie operator*() const { return cookie_; }
    const Cookie* operator->() const { return &cookie_; }
    Iterator& operator++() {
      advance();
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      advance();
      return before;
    }
    // Where a name starts tells cookies apart; at the end there is none.
    bool operator==(const Iterator& other) const {
      return cookie_.name.data() == other.cookie_.name.data();
    }

   private:
    void advance();

    std::string_view rest_;
    Cookie cookie_;
  };

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
