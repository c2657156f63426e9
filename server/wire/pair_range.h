// Names with values that stand one after another in a text, as a forward range.
//
// `Rules::next` takes the next pair off the front of the rest, or gives one without a name's place
// at the end. Views into the text, which must outlive it; pure, allocates nothing.
#pragma once
#include <cstddef>
#include <iterator>
#include <string_view>

namespace assay::wire {

struct NamedValue {
  std::string_view name;
  std::string_view value;
};

template <class Rules>
class PairIterator {
 public:
  using value_type = NamedValue;
  using difference_type = std::ptrdiff_t;

  PairIterator() = default;  // the end
  explicit PairIterator(std::string_view rest) : rest_(rest), pair_(Rules::next(rest_)) {}

  NamedValue operator*() const { return pair_; }
  const NamedValue* operator->() const { return &pair_; }
  PairIterator& operator++() {
    pair_ = Rules::next(rest_);
    return *this;
  }
  PairIterator operator++(int) {
    const PairIterator before = *this;
    ++*this;
    return before;
  }
  // Where a name starts tells pairs apart; at the end there is none.
  bool operator==(const PairIterator& other) const {
    return pair_.name.data() == other.pair_.name.data();
  }

 private:
  std::string_view rest_;
  NamedValue pair_;
};

}  // namespace assay::wire
