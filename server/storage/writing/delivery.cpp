#include "server/storage/writing/delivery.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace assay::storage {

namespace {

using Item = std::shared_ptr<WriteOperation>;
using Position = Delivery::Items::const_iterator;

// Shared, because a std::function may be copied.
std::function<void()> resume_all(Position begin, Position end) {
  return [items = std::make_shared<const Delivery::Items>(begin, end)] {
    for (const Item& item : *items) item->resume();
  };
}

bool post(Position begin, Position end) noexcept {
  try {
    const Resumer& resumer = (*begin)->resumer();
    resumer.post(resumer.executor, resume_all(begin, end));
    return true;
  } catch (...) {
    return false;
  }
}

// What is left in `items` could not be told.
void tell_what_can_be(Delivery::Items& items) noexcept {
  std::erase_if(items, [](const Item& item) { return !item->finish(); });
  auto kept = items.begin();
  for (auto begin = items.begin(); begin != items.end();) {
    const auto end = std::find_if(begin, items.end(), [&](const Item& item) {
      return !(item->resumer() == (*begin)->resumer());
    });
    const bool is_told = post(begin, end);
    for (; begin != end; ++begin) {
      if (is_told) {
        (*begin)->posted();
      } else {
        (*begin)->not_posted();
        std::iter_swap(kept++, begin);
      }
    }
  }
  items.erase(kept, items.end());
}

}  // namespace

void Delivery::tell(Items& finished) noexcept {
  tell_what_can_be(finished);
  tell_again();
  try {
    untold_.insert(untold_.end(), finished.begin(), finished.end());
    finished.clear();
  } catch (...) {  // no memory even for that: they wait until their coroutine is destroyed
    finished.clear();
  }
}

void Delivery::tell_again() noexcept {
  if (!untold_.empty()) tell_what_can_be(untold_);
}

}  // namespace assay::storage
