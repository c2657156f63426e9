#include "harness/cost/running_server.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "harness/load/loop/fetch.h"
#include "harness/load/socket/url.h"
#include "harness/truth/listener.h"

namespace assay::cost {
namespace {

constexpr auto patience = std::chrono::seconds(10);
constexpr auto glance = std::chrono::milliseconds(5);
constexpr std::string_view announcement = "listening on ";
constexpr const char* here = "127.0.0.1";

// Where it says that it listens, once the line is whole.
std::optional<load::Url> announced(const std::string& said) {
  const std::size_t found = said.find(announcement);
  if (found == said.npos) return std::nullopt;
  const std::size_t begin = found + announcement.size();
  const std::size_t end = said.find_first_of(" \r\n", begin);
  if (end == said.npos) return std::nullopt;
  const auto url = load::parse_url(said.substr(begin, end - begin));
  return url ? std::optional(*url) : std::nullopt;
}

struct Place {
  std::string host;
  std::uint16_t port;
  load::Address address;
};

// Where a server that has just been started can be reached; nothing when it does not come.
std::optional<Place> awaited(const Child& child, std::optional<std::uint16_t> port,
                             const load::Stop& stop) {
  const load::TimePoint deadline = load::Clock::now() + patience;
  while (!child.ended() && !stop.requested() && load::Clock::now() < deadline) {
    const auto url = port ? std::optional(load::Url{here, *port, "/"}) : announced(child.said());
    if (url) {
      const auto address = load::reachable_address(url->host, url->port, patience);
      if (address) return Place{url->host, url->port, *address};
    }
    (void)child.wait(glance, stop);
  }
  return std::nullopt;
}

}  // namespace

RunningServer::RunningServer(const Contender& contender, Child child, std::string host,
                             std::uint16_t port, const load::Address& address)
    : name_(contender.name),
      question_(contender.question),
      child_(std::move(child)),
      host_(std::move(host)),
      port_(port),
      address_(address) {}

Result<RunningServer> RunningServer::start(const Contender& contender, bool closes,
                                           const std::vector<int>& cores, const load::Stop& stop) {
  const bool has_other = closes && !contender.close_command.empty();
  Launch launch{has_other ? contender.close_command : contender.command, contender.variables,
                cores};
  const truth::Result<std::uint16_t> free = truth::free_port();
  if (!free) return CostError::out_of_system("free port", free.error().what());
  std::optional<std::uint16_t> port = contender.port;
  if (replace_in(launch.command, "port", std::to_string(*free))) port = *free;
  Result<Child> child = Child::start(launch);
  if (!child) return child.error();
  const std::optional<Place> place = awaited(*child, port, stop);
  if (stop.requested()) return CostError::interrupted();
  if (!place) {
    return CostError::no_server(contender.name, joined(launch.command), child->last_words());
  }
  return RunningServer(contender, std::move(*child), place->host, place->port, place->address);
}

std::string RunningServer::wire(const Row& row, const load::Request& request) const {
  return load::wire_bytes(request, load::authority(host_, port_), row.shape != Shape::close);
}

std::vector<std::string> RunningServer::requests(const Row& row, std::string_view path) const {
  Question question;
  question.request.target = path;
  if (question_) question = *question_;
  const std::size_t different = std::min(row.connections, question.keys);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < different; ++i) {
    all.push_back(wire(row, with_key(question, i * question.keys / different)));
  }
  return all;
}

Result<ReplySample> RunningServer::sample(const Row& row, std::string_view path) const {
  return reply_sample(address_, requests(row, path).front(), name_, text(row));
}

Result<Blast> RunningServer::blast(const Row& row, std::string_view path) const {
  const Result<ReplySample> reply = sample(row, path);
  if (!reply) return reply.error();
  auto poller = load::Poller::open();
  if (!poller) return CostError::out_of_system("event queue", poller.error().what());
  std::optional<std::size_t> reply_bytes;
  if (!question_ || question_->has_same_replies) reply_bytes = reply->bytes;
  return Blast(std::move(*poller), address_, row, requests(row, path), reply_bytes);
}

Result<load::Reply> RunningServer::fetched(const load::Request& request) const {
  load::Result<load::Reply> reply = load::fetch(host_, port_, request);
  if (!reply) return CostError::wrong_reply(name_, request.target, reply.error().what());
  return std::move(*reply);
}

CostError RunningServer::wrong(const Row& row, BlastFault fault) const {
  if (fault == BlastFault::interrupted) return CostError::interrupted();
  return CostError::wrong_reply(name_, text(row), text(fault));
}

}  // namespace assay::cost
