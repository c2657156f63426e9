// Any bytes, however they are split: the same replies, never more than there can be requests.
//
// The first byte of the input picks the sizes of the pieces; the rest is what a peer sends.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/wire/memory_driver.h"

namespace {

using assay::wire::MemoryDriver;

class Counting final : public assay::wire::Handler {
 public:
  void answer(const assay::wire::Request& request, assay::wire::ReplyWriter& reply) override {
    ++calls;
    // Every byte that a handler may look at: a view into nothing shows here, or as a difference.
    std::string& seen = reply.body();
    seen.append(request.head.method_name).append(request.head.target);
    seen.append(request.path).append(request.query);
    for (const auto& field : request.head.fields()) seen.append(field.name).append(field.value);
    seen.append(request.body);
    reply.send_body(200, "text/plain");
  }
  std::size_t calls = 0;
};

// What a connection answers to `bytes` in pieces of `size`, to a peer that takes as much at once.
std::string answers(std::string_view bytes, std::size_t size, std::size_t& calls) {
  const assay::wire::Limits limits;
  Counting handler;
  MemoryDriver driver(limits, handler);
  driver.take_at_most(size);
  for (; !bytes.empty() && !driver.closed(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    driver.send(bytes.substr(0, size));
  }
  calls = handler.calls;
  const std::string output = driver.output();
  if (!driver.closed()) return output;
  driver.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  // Something was read or said after the end.
  if (handler.calls != calls || driver.output() != output) std::abort();
  return output;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t whole_calls = 0;
  std::size_t split_calls = 0;
  const std::string whole = answers(bytes, bytes.size(), whole_calls);
  const std::string split = answers(bytes, std::size_t{1} + data[0] % 61, split_calls);
  if (whole != split || whole_calls != split_calls) std::abort();
  constexpr std::size_t shortest_request = 16;  // "G / HTTP/1.0\r\n\r\n"
  if (whole_calls > bytes.size() / shortest_request) std::abort();
  return 0;
}
