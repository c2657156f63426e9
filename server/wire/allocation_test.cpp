// Counts the allocations of this test program, to hold a connection to its promise.
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "server/wire/connection.h"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace assay::wire {
namespace {

class Fixed final : public Handler {
 public:
  void answer(const Request&, ReplyWriter& reply) override {
    reply.add_field("X-Fixed", "a field that is longer than a short string");
    reply.body().append(526, 'x');
    reply.send_body(200, "application/json");
  }
};

// Sends `bytes` whole, and takes the replies.
void exchange(Connection& connection, ReplyBuffers& buffers, std::string_view bytes) {
  connection.receive(bytes, buffers);
  connection.wrote(connection.output().size());
}

TEST(Allocation, IsNoneOnceAConnectionIsWarm) {
  const Limits limits;
  const std::string date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n";
  const std::string request =
      "POST /json?q=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nUser-Agent: assay\r\n"
      "Connection: keep-alive\r\nContent-Length: 40\r\n\r\n" +
      std::string(40, 'b');
  const std::string chunked =
      "POST /json HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nTransfer-Encoding: chunked\r\n\r\n"
      "28\r\n" +
      std::string(40, 'b') + "\r\n0\r\n\r\n";
  const std::string pipelined = request + chunked + request;
  Fixed fixed;
  ReplyBuffers buffers;
  Connection connection(limits, date, fixed);
  exchange(connection, buffers, pipelined);
  const std::size_t before = allocations;
  EXPECT_GT(before, 0U) << "nothing was counted at all";
  for (int i = 0; i < 1000; ++i) {
    exchange(connection, buffers, request);
    exchange(connection, buffers, chunked);
    exchange(connection, buffers, pipelined);
  }
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(connection.phase(), Connection::Phase::idle);
}

}  // namespace
}  // namespace assay::wire
