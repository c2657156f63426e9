#include "server/runtime/channel.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "server/runtime/self_signed.h"
#include "server/runtime/tls_client.h"
#include "server/runtime/tls_context.h"
#include "server/wire/reply_buffers.h"

namespace assay::runtime {
namespace {

const wire::Limits limits;
const std::string date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n";
const std::string request =
    "GET /json HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nUser-Agent: assay\r\n\r\n";

class Fixed final : public wire::Handler {
 public:
  explicit Fixed(std::size_t bytes) : body_(bytes, 'x') {}
  void answer(const wire::Request&, wire::ReplyWriter& reply) override {
    reply.send(200, "application/json", body_);
  }

 private:
  std::string body_;
};

void write_all(Channel& channel, TlsClient* client) {
  while (channel.needs() == Channel::Needs::write) {
    if (client != nullptr) client->incoming(channel.output().first);
    channel.wrote(channel.output().size());
  }
}

void shake_hands(Channel& channel, TlsClient& client, wire::ReplyBuffers& buffers) {
  for (std::string flight = client.outgoing(); !flight.empty(); flight = client.outgoing()) {
    channel.receive(flight, buffers);
    write_all(channel, &client);
  }
}

// One request and its reply of `range` bytes.
void channel_in_the_clear(benchmark::State& state) {
  Fixed handler(static_cast<std::size_t>(state.range(0)));
  wire::ReplyBuffers buffers;
  Channel channel(limits, date, handler);
  for (auto _ : state) {
    channel.receive(request, buffers);
    write_all(channel, nullptr);
  }
}
BENCHMARK(channel_in_the_clear)->Arg(526)->Arg(64 * 1024)->Arg(512 * 1024)->Arg(1024 * 1024);

// The same over an open connection. A record is good once, so the client makes many beforehand.
void channel_inside_tls(benchmark::State& state) {
  constexpr std::size_t batch = 1000;
  const SelfSigned pair;
  const TlsContext context(pair.certificate(), pair.key());
  Fixed handler(static_cast<std::size_t>(state.range(0)));
  wire::ReplyBuffers buffers;
  Channel channel(limits, date, handler, &context);
  TlsClient client;
  shake_hands(channel, client, buffers);
  std::string records;
  std::size_t at = 0;
  std::size_t record_bytes = 0;
  for (auto _ : state) {
    if (at == records.size()) {
      state.PauseTiming();
      for (std::size_t i = 0; i < batch; ++i) client.send(request);
      records = client.outgoing();
      record_bytes = records.size() / batch;
      at = 0;
      state.ResumeTiming();
    }
    channel.receive(std::string_view(records).substr(at, record_bytes), buffers);
    write_all(channel, nullptr);
    at += record_bytes;
  }
}
BENCHMARK(channel_inside_tls)->Arg(526)->Arg(64 * 1024)->Arg(512 * 1024)->Arg(1024 * 1024);

// The server's part of a handshake: full, or with the session of another connection.
void tls_handshake(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  const SelfSigned pair;
  const TlsContext context(pair.certificate(), pair.key());
  Fixed handler(526);
  wire::ReplyBuffers buffers;
  TlsClient::Session session(nullptr, &SSL_SESSION_free);
  if (state.range(0) == 1) {
    Channel channel(limits, date, handler, &context);
    TlsClient client;
    shake_hands(channel, client, buffers);
    session = client.session();
  }
  for (auto _ : state) {
    TlsClient client({.session = session.get()});
    Clock::duration spent{};
    Clock::time_point began = Clock::now();
    Channel channel(limits, date, handler, &context);
    spent += Clock::now() - began;
    for (std::string flight = client.outgoing(); !flight.empty(); flight = client.outgoing()) {
      began = Clock::now();
      channel.receive(flight, buffers);
      spent += Clock::now() - began;
      write_all(channel, &client);
    }
    state.SetIterationTime(std::chrono::duration<double>(spent).count());
  }
}
BENCHMARK(tls_handshake)->ArgName("resumed")->Arg(0)->Arg(1)->UseManualTime();

}  // namespace
}  // namespace assay::runtime
