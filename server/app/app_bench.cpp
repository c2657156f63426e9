// What typed handlers cost above the wire: one request and its reply on a warm connection.
#include "server/app/app.h"

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>

#include <benchmark/benchmark.h>

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

std::string user(Header<"X-User"> name) { return *name; }

void add_routes(App& app) {
  app.get("/content", [] { return Content{"application/json", R"({"x":7,"y":1.5,"name":"n"})"}; });
  app.get("/model", [] { return Point{7, 1.5, "n"}; });
  app.get("/points/{x:int}", [](Path<"x", std::int64_t> x, Query<"y", double> y,
                                Header<"X-User"> name) { return Point{*x, *y, *name}; });
  app.get("/depends", [](Depends<user> name) { return Point{7, 1.5, *name}; });
  app.get("/service", [](Service<Point> point) { return *point; });
  app.post("/points", [](Body<Point> point) { return *point; });
}

// Above all: what the wire takes for itself, without an application.
class Fixed final : public wire::Handler {
 public:
  void answer(const wire::Request&, wire::ReplyWriter& reply) override {
    reply.send(200, "application/json", R"({"x":7,"y":1.5,"name":"n"})");
  }
};

void measure(benchmark::State& state, wire::Handler& handler, const std::string& request) {
  const wire::Limits limits;
  const std::string date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n";
  wire::ReplyBuffers buffers;
  wire::Connection connection(limits, date, handler);
  for (auto _ : state) {
    connection.receive(request, buffers);
    connection.wrote(connection.output().size());
  }
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-User: ann\r\n\r\n";
}

void no_application(benchmark::State& state) {
  Fixed fixed;
  measure(state, fixed, get("/content"));
}
BENCHMARK(no_application);

void typed(benchmark::State& state, const std::string& request) {
  App app;
  app.provide(std::make_shared<Point>(Point{7, 1.5, "n"}));
  add_routes(app);
  app.start();
  measure(state, app, request);
}
BENCHMARK_CAPTURE(typed, content, get("/content"));
BENCHMARK_CAPTURE(typed, model, get("/model"));
BENCHMARK_CAPTURE(typed, service, get("/service"));
BENCHMARK_CAPTURE(typed, arguments, get("/points/7?y=1.5"));
BENCHMARK_CAPTURE(typed, dependency, get("/depends"));
BENCHMARK_CAPTURE(typed, body,
                  "POST /points HTTP/1.1\r\nHost: assay\r\nContent-Type: application/json\r\n"
                  "Content-Length: 30\r\n\r\n"
                  R"({"x":7,"y":1.5,"name":"seven"})");

}  // namespace
}  // namespace assay
