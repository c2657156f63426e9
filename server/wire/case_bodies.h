// What the cases' handler gives and takes piece by piece, or later. Test code.
//
// The threads of late replies end before their objects do.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "server/wire/body_sink.h"
#include "server/wire/body_source.h"
#include "server/wire/late_reply.h"
#include "server/wire/reply_writer.h"

namespace assay::wire {

// Gives "piece 1\n", "piece 2\n" and so on.
class Pieces final : public BodySource {
 public:
  explicit Pieces(std::uint64_t count) : count_(count) {}
  bool more(std::string& out) override {
    if (given_ == count_) return false;
    out += "piece " + std::to_string(++given_) + "\n";
    return given_ < count_;
  }

  static std::uint64_t bytes(std::uint64_t count) {
    std::string all;
    Pieces pieces(count);
    while (pieces.more(all)) {
    }
    return all.size();
  }

 private:
  std::uint64_t count_;
  std::uint64_t given_ = 0;
};

// Takes what a case sends; one that is picky refuses a '!' as something that it does not know.
class Collected final : public BodySink {
 public:
  Collected(std::uint64_t limit, bool picky) : limit_(limit), picky_(picky) {}
  std::uint64_t limit() const override { return limit_; }
  std::optional<Refusal> take(std::string_view piece) override {
    text_ += piece;
    if (picky_ && piece.find('!') != piece.npos) return Refusal::not_implemented;
    return std::nullopt;
  }
  const std::string& text() const { return text_; }

 private:
  std::uint64_t limit_;
  bool picky_;
  std::string text_;
};

// A text, or a stream of pieces, that is ready at once or when a thread of its own says so.
class LateCase final : public LateReply {
 public:
  LateCase(std::string text, std::uint64_t pieces, bool now)
      : text_(std::move(text)), pieces_(pieces), now_(now) {}
  LateCase(const LateCase&) = delete;
  LateCase& operator=(const LateCase&) = delete;
  ~LateCase() override {
    if (thread_.joinable()) thread_.join();
  }
  void when_ready(std::function<void()> wake) override {
    if (now_) return wake();
    thread_ = std::thread([wake = std::move(wake)] {
      std::this_thread::sleep_for(std::chrono::microseconds(100));
      wake();
    });
  }
  void finish(ReplyWriter& reply) override {
    reply.add_field("X-Finished", "yes");
    if (pieces_ == 0) return reply.send(200, "text/plain", text_);
    reply.stream(200, "text/plain", std::make_unique<Pieces>(pieces_));
  }

 private:
  std::string text_;
  std::uint64_t pieces_;
  bool now_;
  std::thread thread_;
};

}  // namespace assay::wire
