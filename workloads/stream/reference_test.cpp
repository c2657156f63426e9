#include <cstddef>
#include <string_view>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"
#include "workloads/reference_server.h"

namespace assay::workloads {
namespace {

// In hexadecimal, as chunks have it: the first line has 22 bytes with its end, the second one more,
// as its value has two digits; the last 25.
TEST(StreamWorkload, SendsEachLineAsAPieceOfItsOwn) {
  ReferenceServer server;
  const Client started(server.app());
  const wire::Limits limits;
  wire::MemoryDriver driver(limits, server.app());
  driver.send("GET /stream HTTP/1.1\r\nHost: assay\r\n\r\n");
  const std::string_view reply = driver.output();
  EXPECT_NE(reply.find("\r\nTransfer-Encoding: chunked\r\n"), reply.npos);
  EXPECT_NE(reply.find("\r\n\r\n16\r\n{\"index\":0,\"value\":0}\n\r\n17\r\n{\"index\":1,"),
            reply.npos);
  EXPECT_TRUE(reply.ends_with("\r\n19\r\n{\"index\":99,\"value\":990}\n\r\n0\r\n\r\n"));
  std::size_t pieces = 0;
  for (std::size_t at = 0; (at = reply.find("\n\r\n", at)) != reply.npos; ++at) ++pieces;
  EXPECT_EQ(pieces, 1U + 100U + 1U);  // the head's end, the lines, the last chunk's end
}

}  // namespace
}  // namespace assay::workloads
