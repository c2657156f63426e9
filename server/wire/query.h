// The pairs of a query or of a form's body, as "a=1&b=2&a=3" (WHATWG URL, 5.1).
//
// A range of views into the text, which must outlive it; pure, allocates nothing. Pairs come as
// sent: form_decoded(pair.value, scratch) decodes one. `first` and `each` compare decoded names and
// give decoded values. A part without "=" has an empty value; an empty part is none. Refuses
// nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/wire/pair_range.h"
#include "server/wire/percent_decoding.h"

namespace assay::wire {

class Query {
 public:
  struct Rules {
    static NamedValue next(std::string_view& rest);
  };
  using Iterator = PairIterator<Rules>;

  explicit Query(std::string_view raw) : raw_(raw) {}
  Iterator begin() const { return Iterator(raw_); }
  Iterator end() const { return {}; }

  // The value of the first pair of this name; valid as long as the text, and until scratch changes.
  // REQUIRES: name does not point into scratch
  std::optional<std::string_view> first(std::string_view name, std::string& scratch) const;

  // Calls use(std::string_view value) for every pair of this name, in order; the value may point
  // into scratch and ends with the call. REQUIRES: name does not point into scratch
  template <class Use>
  void each(std::string_view name, std::string& scratch, Use&& use) const {
    for (const NamedValue& pair : *this) {
      if (form_decoded(pair.name, scratch) == name) use(form_decoded(pair.value, scratch));
    }
  }

 private:
  std::string_view raw_;
};

}  // namespace assay::wire
