#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "server/app/app.h"
#include "server/routing/allocation_count.h"
#include "server/wire/connection.h"

namespace assay {
namespace {

using model::field;

struct Point {
  std::int64_t x = 0;
  double y = 0;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"x">(&Point::x), field<"y">(&Point::y), field<"name">(&Point::name)};
  }
};

// How many the last of several equal requests made, on one connection that stays open.
std::size_t allocations_of(App& app, const std::string& request) {
  app.start();
  const wire::Limits limits;
  const std::string date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n";
  wire::ReplyBuffers buffers;
  wire::Connection connection(limits, date, app);
  std::size_t before = 0;
  for (int i = 0; i < 4; ++i) {
    before = routing::allocation_count();
    connection.receive(request, buffers);
    EXPECT_EQ(connection.output().first.substr(0, 15), "HTTP/1.1 200 OK");
    connection.wrote(connection.output().size());
  }
  return routing::allocation_count() - before;
}

TEST(Allocation, IsNoneForATypedReply) {
  App app;
  app.get("/point", [] { return Point{7, 1.5, "seven"}; });
  EXPECT_EQ(allocations_of(app, "GET /point HTTP/1.1\r\nHost: assay\r\n\r\n"), 0U);
}

TEST(Allocation, IsNoneForTypedArguments) {
  App app;
  app.get("/points/{x:int}", [](Path<"x", std::int64_t> x, Query<"y", double> y,
                                Header<"X-Name"> name) { return Point{*x, *y, *name}; });
  EXPECT_EQ(
      allocations_of(app, "GET /points/7?y=1.5 HTTP/1.1\r\nHost: assay\r\nX-Name: seven\r\n\r\n"),
      0U);
}

TEST(Allocation, IsNoneForABodyOfShortStrings) {
  App app;
  app.post("/points", [](Body<Point> point) { return *point; });
  EXPECT_EQ(allocations_of(app,
                           "POST /points HTTP/1.1\r\nHost: assay\r\nContent-Type: "
                           "application/json\r\nContent-Length: 30\r\n\r\n"
                           R"({"x":7,"y":1.5,"name":"seven"})"),
            0U);
}

}  // namespace
}  // namespace assay
