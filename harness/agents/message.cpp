#include "harness/agents/message.h"

#include <utility>

#include "harness/agents/agents_host.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::agents {
namespace {

template <class Message>
Heard<Message> heard(std::string_view line) {
  auto reading = model::from_json<Message>(line);
  if (!reading.ok()) return {std::nullopt, model::text(reading.problems.front())};
  return {std::move(reading.value), ""};
}

}  // namespace

Hello our_hello() { return {protocol, "assay " ASSAY_VERSION, machine_identity()}; }

std::string line_of(const ToAgent& message) { return model::to_json(message); }

std::string line_of(const FromAgent& message) { return model::to_json(message); }

Heard<ToAgent> to_agent(std::string_view line) { return heard<ToAgent>(line); }

Heard<FromAgent> from_agent(std::string_view line) { return heard<FromAgent>(line); }

}  // namespace assay::agents
