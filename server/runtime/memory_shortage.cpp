#include "server/runtime/memory_shortage.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace assay::runtime {
namespace {

thread_local bool exempt = false;
std::atomic<bool> is_short = false;
std::atomic<long> count = 0;

}  // namespace

void MemoryShortage::exempt_this_thread() { exempt = true; }
void MemoryShortage::begin() { is_short = true; }
void MemoryShortage::end() { is_short = false; }
long MemoryShortage::allocations() { return count; }

namespace {

void* allocated(std::size_t size) {
  if (!exempt) {
    ++count;
    if (is_short) return nullptr;
  }
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace
}  // namespace assay::runtime

void* operator new(std::size_t size) {
  if (void* const memory = assay::runtime::allocated(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return assay::runtime::allocated(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept { std::free(memory); }
