// For tests: counts what threads of this program allocate, and lets all of it fail, as an operating
// system may.
//
// Linking memory_shortage.cpp puts it in front of the language's own allocation. Threads of the
// test itself are exempt. Any thread.
#pragma once

namespace assay::runtime {

class MemoryShortage {
 public:
  static void exempt_this_thread();
  static void begin();
  static void end();
  static long allocations();  // so far, by threads that are not exempt
};

}  // namespace assay::runtime
