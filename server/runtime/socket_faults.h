// For tests: lets the Nth socket operation of this program fail, as an operating system may.
//
// Linking socket_faults.cpp puts it in front of the system's calls that accept, move bytes, wait,
// end and look at sockets, in every thread. Threads of the test itself, which play the peer, are
// exempt. One plan at a time; set it while the server waits.
#pragma once
#include <atomic>

namespace assay::runtime {

enum class Fault {
  fatal,     // the peer is gone, or there is no file left
  transient  // interrupted, or no room for what is to be sent
};

class SocketFaults {
 public:
  static void plan(long nth, Fault fault);  // 1: the next operation
  // Whether the planned one has failed.
  static bool happened();
  static void exempt_this_thread();

  // For the calls that stand in front of the system's: whether this one fails.
  static bool strikes();
  static Fault fault();

 private:
  static std::atomic<long> left_;
  static std::atomic<Fault> fault_;
};

// Sets errno and is true if the call must fail with what fits it.
bool fails(int fatal_error, int transient_error);

}  // namespace assay::runtime
