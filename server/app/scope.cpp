#include "server/app/scope.h"

#include <exception>

namespace assay {

void Scope::close(const OnFault& on_fault) {
  while (!entries_.empty()) {
    // Out of the list first: an undoing may look up what was made before it.
    Entry last = std::move(entries_.back());
    entries_.pop_back();
    if (!last.undo) continue;
    try {
      last.undo();
    } catch (const std::exception& fault) {
      if (on_fault) on_fault(fault.what());
    } catch (...) {
      if (on_fault) on_fault("threw what is no std::exception");
    }
  }
}

}  // namespace assay
