#include "harness/truth/truth_server.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "harness/truth/listener.h"

namespace assay::truth {

TruthServer::~TruthServer() { (void)end(); }

Result<std::unique_ptr<TruthServer>> TruthServer::start(const TruthSettings& settings) {
  std::unique_ptr<TruthServer> server(new TruthServer());
  if (const Result<void> opened = server->open(settings); !opened) return opened.error();
  server->thread_ = std::thread([loop = server->loop_.get()] { loop->run(); });
  return server;
}

Result<void> TruthServer::open(const TruthSettings& settings) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return TruthError::out_of_system("pipe", std::strerror(errno));
  ending_ = load::Descriptor(ends[0]);
  ending_writer_ = load::Descriptor(ends[1]);
  Result<Listener> listener = listen_at(settings.host, settings.port, false);
  if (!listener) return listener.error();
  port_ = listener->port;
  if (!settings.requests_log.empty()) {
    Result<std::unique_ptr<RequestsLog>> log = RequestsLog::open(settings.requests_log);
    if (!log) return log.error();
    log_ = std::move(*log);
  }
  loop_ = std::make_unique<TruthLoop>(std::move(listener->socket), ending_.number(), settings,
                                      log_.get());
  if (loop_->is_usable()) return {};
  return TruthError::out_of_system("event queue", std::strerror(errno));
}

Result<void> TruthServer::end() {
  ending_writer_.close();
  if (thread_.joinable()) thread_.join();
  loop_.reset();
  return log_ ? log_->finish() : Result<void>();
}

}  // namespace assay::truth
