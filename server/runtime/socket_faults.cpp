#include "server/runtime/socket_faults.h"

#include <dlfcn.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace assay::runtime {
namespace {

thread_local bool exempt = false;

template <class Call>
Call* system_call(const char* name) {
  return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

std::atomic<long> SocketFaults::left_ = 0;
std::atomic<Fault> SocketFaults::fault_ = Fault::fatal;

void SocketFaults::plan(long nth, Fault fault) {
  fault_ = fault;
  left_ = nth;
}

bool SocketFaults::happened() { return left_ <= 0; }

void SocketFaults::exempt_this_thread() { exempt = true; }

bool SocketFaults::strikes() { return !exempt && left_ > 0 && left_.fetch_sub(1) == 1; }

Fault SocketFaults::fault() { return fault_; }

bool fails(int fatal_error, int transient_error) {
  if (!SocketFaults::strikes()) return false;
  errno = SocketFaults::fault() == Fault::fatal ? fatal_error : transient_error;
  return true;
}

}  // namespace assay::runtime

using assay::runtime::fails;
using assay::runtime::system_call;

extern "C" {

int accept(int file, sockaddr* address, socklen_t* size) {
  static auto* const real = system_call<decltype(accept)>("accept");
  return fails(EMFILE, ECONNABORTED) ? -1 : real(file, address, size);
}

int poll(pollfd* files, nfds_t count, int limit_ms) {
  static auto* const real = system_call<decltype(poll)>("poll");
  return fails(ENOMEM, EINTR) ? -1 : real(files, count, limit_ms);
}

ssize_t recv(int file, void* buffer, size_t size, int flags) {
  static auto* const real = system_call<decltype(recv)>("recv");
  return fails(ECONNRESET, EINTR) ? -1 : real(file, buffer, size, flags);
}

ssize_t recvmsg(int file, msghdr* message, int flags) {
  static auto* const real = system_call<decltype(recvmsg)>("recvmsg");
  return fails(ECONNRESET, EINTR) ? -1 : real(file, message, flags);
}

ssize_t send(int file, const void* buffer, size_t size, int flags) {
  static auto* const real = system_call<decltype(send)>("send");
  return fails(EPIPE, EAGAIN) ? -1 : real(file, buffer, size, flags);
}

ssize_t sendmsg(int file, const msghdr* message, int flags) {
  static auto* const real = system_call<decltype(sendmsg)>("sendmsg");
  return fails(EPIPE, EAGAIN) ? -1 : real(file, message, flags);
}
}
