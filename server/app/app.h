// An application: routes, each with a handler that returns what it wants to answer.
//
//   app.get("/json", [] { return Document{...}; });      // a typed model: 200, application/json
//   app.get("/hello", [] { return std::string("hi"); }); // text: 200, text/plain
//
// Routes are added before serving starts; after that any thread may call `answer`. A handler that
// throws is a bug: it answers 500 and tells the peer nothing of the cause. `on_bug` is told it, on
// the thread that answers: "GET /broken: the text of the exception".
#pragma once
#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "server/model/json_write.h"
#include "server/routing/route_table.h"
#include "server/wire/connection.h"

namespace assay {

// What is ready to be sent, in words of its own type; it outlives the answer.
struct Content {
  std::string_view type;
  std::string_view body;
};

class App final : public wire::Handler {
 public:
  using OnBug = std::function<void(std::string_view)>;
  explicit App(OnBug on_bug = [](std::string_view) {}) : on_bug_(std::move(on_bug)) {}

  template <std::invocable Answer>
  void get(const std::string& path, Answer answer) {
    add("GET", path, std::move(answer));
  }
  template <std::invocable Answer>
  void post(const std::string& path, Answer answer) {
    add("POST", path, std::move(answer));
  }

  void answer(const wire::Request& request, wire::ReplyWriter& reply) override;

 private:
  using Route = std::function<void(wire::ReplyWriter&)>;

  template <class Answer>
  void add(std::string method, const std::string& path, Answer answer) {
    routes_.add(std::move(method), path,
                [answer](wire::ReplyWriter& reply) { respond(reply, answer()); });
  }

  static void respond(wire::ReplyWriter& reply, std::string_view text) {
    reply.send(200, "text/plain; charset=utf-8", text);
  }
  static void respond(wire::ReplyWriter& reply, const Content& content) {
    reply.send(200, content.type, content.body);
  }
  template <model::Model T>
  static void respond(wire::ReplyWriter& reply, const T& value) {
    model::append_json(reply.body(), value);
    reply.send_body(200, "application/json");
  }

  void report(const wire::Request& request, std::string_view cause) const;

  OnBug on_bug_;
  routing::RouteTable<Route> routes_;
};

}  // namespace assay
