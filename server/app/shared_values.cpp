#include "server/app/shared_values.h"

namespace assay {

SharedValues::Slot& SharedValues::slot_of(const void* key) {
  {
    const std::shared_lock reading(mutex_);
    if (const auto known = slots_.find(key); known != slots_.end()) return known->second;
  }
  const std::lock_guard adding(mutex_);
  return slots_[key];
}

void SharedValues::close(const Scope::OnFault& on_fault) {
  scope_.close(on_fault);
  const std::lock_guard forgetting(mutex_);
  slots_.clear();
}

}  // namespace assay
