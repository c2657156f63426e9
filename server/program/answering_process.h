// For tests: a server of any model in a process of its own, which answers like the protocol cases'
// handler, "/slow" after a while, and "/later/40" in 40 ms while its thread serves others
// ("/never": it does not).
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/program/server_process.h"
#include "server/runtime/settings.h"
#include "server/wire/wire_cases.h"

namespace assay {

inline constexpr std::array every_model = {runtime::Model::loop,   runtime::Model::pool,
                                           runtime::Model::pinned, runtime::Model::per_request,
                                           runtime::Model::thread, runtime::Model::fork};
// Those in which no worker has its connection until that closes.
inline constexpr std::array roomy_models = {runtime::Model::loop, runtime::Model::pool,
                                            runtime::Model::thread, runtime::Model::fork};

// Two workers, any port, deadlines looked at often.
runtime::Settings settings_of(runtime::Model model);

class Answering final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override;
  std::unique_ptr<wire::BodySink> sink(const wire::Request& request) override {
    return cases_.sink(request);
  }
  bool wants_body(const wire::Request& request) override { return cases_.wants_body(request); }

 private:
  wire::CaseHandler cases_;
};

ServerProcess process_of(const runtime::Settings& settings);

// One request, whole, and its reply, and nothing of anybody else's.
testing::AssertionResult answers_alone(std::uint16_t port);

inline const std::string hello = "GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n";
inline const std::string last = "GET /hello HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";

std::string name_of(const testing::TestParamInfo<runtime::Model>& info);

}  // namespace assay
