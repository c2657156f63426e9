// Asks an application without a socket, through the same wire code that a server runs.
//
//   Client client(app);
//   const ClientReply reply = client.post("/items", NewItem{"tea", 3.5});
//   EXPECT_EQ(reply.status, 201);
//   EXPECT_EQ(reply.json<Item>().name, "tea");
//
// For tests; one thread. Starts the application, and stops it at its end. Keeps the cookies that
// replies set, and sends them along, as a browser does for one host. Waits for late replies, and
// takes streams to their end.
#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/app.h"
#include "server/forms/form_writer.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"
#include "server/wire/limits.h"

namespace assay {

struct ClientReply {
  int status = 0;  // 0: none came
  std::vector<Field> fields;
  std::string body;  // without its framing
  bool closed = false;
  bool whole = false;  // a stream that failed is not

  // The first of this name, or empty.
  std::string_view field(std::string_view name) const;
  // Throws std::runtime_error with what is wrong.
  template <class T>
  T json() const {
    model::Reading<T> reading = model::from_json<T>(body);
    if (!reading.ok()) throw_problem(reading.problems.front());
    return std::move(reading.value);
  }

 private:
  [[noreturn]] static void throw_problem(const model::Problem& problem);
};

class Client {
 public:
  explicit Client(App& app, const wire::Limits& limits = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  ClientReply get(std::string_view target) { return request("GET", target); }
  ClientReply head(std::string_view target) { return request("HEAD", target); }
  ClientReply options(std::string_view target) { return request("OPTIONS", target); }
  ClientReply del(std::string_view target) { return request("DELETE", target); }
  template <class T>
  ClientReply post(std::string_view target, const T& body) {
    return send("POST", target, body);
  }
  template <class T>
  ClientReply put(std::string_view target, const T& body) {
    return send("PUT", target, body);
  }
  template <class T>
  ClientReply patch(std::string_view target, const T& body) {
    return send("PATCH", target, body);
  }
  ClientReply post(std::string_view target) { return request("POST", target); }
  ClientReply request(std::string_view method, std::string_view target, std::string_view type = {},
                      std::string_view body = {});

  // With every request from now on.
  void set_field(std::string name, std::string value);
  // Their names and values; a test may put some in, or take them out.
  std::map<std::string, std::string>& cookies() { return cookies_; }

 private:
  ClientReply send(std::string_view method, std::string_view target,
                   const forms::FormWriter& form) {
    const forms::FormWriter::Written written = form.written();
    return request(method, target, written.content_type, written.body);
  }
  template <class T>
  ClientReply send(std::string_view method, std::string_view target, const T& value) {
    return request(method, target, "application/json", model::to_json(value));
  }
  void keep_cookies(const ClientReply& reply);

  App& app_;
  wire::Limits limits_;
  std::vector<Field> fields_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace assay
