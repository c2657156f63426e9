#include "harness/truth/floor.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "harness/truth/listener.h"

namespace assay::truth {

Floor::Floor(const FloorSettings& settings)
    : replies_(floor_reply(settings.body, settings.closes)) {}

Floor::~Floor() {
  ending_writer_.close();
  for (std::thread& thread : threads_) thread.join();
}

Result<std::unique_ptr<Floor>> Floor::start(const FloorSettings& settings) {
  std::unique_ptr<Floor> floor(new Floor(settings));
  if (const Result<void> opened = floor->open(settings); !opened) return opened.error();
  for (const auto& worker : floor->workers_) {
    floor->threads_.emplace_back([each = worker.get()] { each->run(); });
  }
  return floor;
}

Result<void> Floor::open(const FloorSettings& settings) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return TruthError::out_of_system("pipe", std::strerror(errno));
  ending_ = load::Descriptor(ends[0]);
  ending_writer_ = load::Descriptor(ends[1]);
  const bool shares = listeners_share_a_port && settings.workers > 1;
  Result<Listener> first = listen_at(settings.host, settings.port, shares);
  if (!first) return first.error();
  port_ = first->port;
  for (std::size_t worker = 1; worker < settings.workers; ++worker) {
    Result<Listener> next =
        shares ? listen_at(settings.host, port_, shares) : same_listener(*first);
    if (!next) return next.error();
    if (const auto added = add_worker(std::move(next->socket), settings.closes); !added) {
      return added.error();
    }
  }
  return add_worker(std::move(first->socket), settings.closes);
}

Result<void> Floor::add_worker(load::Descriptor listener, bool closes) {
  workers_.push_back(
      std::make_unique<FloorWorker>(std::move(listener), ending_.number(), replies_, closes));
  if (workers_.back()->is_usable()) return {};
  return TruthError::out_of_system("event queue", std::strerror(errno));
}

}  // namespace assay::truth
