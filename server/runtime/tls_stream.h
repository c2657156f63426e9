// The server's end of one TLS connection without a socket: records in and out, plain bytes between.
//
// Belongs to one Channel; two streams share nothing but their context. The handshake happens within
// `read`. No call throws for what a peer does: it has failed then, and what it is told of that lies
// in `output`. Idle, it holds no buffer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/runtime/tls_context.h"

struct ssl_st;

namespace assay::runtime {

class TlsStream {
 public:
  // `closed`: the peer said that it sends no more; it may still read.
  enum class State : std::uint8_t { handshaking, open, closed, failed };

  explicit TlsStream(const TlsContext& context);
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // Lends the stream what came from the peer, until `keep_unread`. REQUIRES: !has_input()
  void receive(std::string_view ciphertext);
  // The next plain bytes, written to `room`; none: it needs more from the peer, or has ended.
  std::string_view read(std::span<char> room);
  void keep_unread();
  bool has_input() const;  // for `read` to look at
  bool in_record() const;  // the peer has begun one, and it is not whole yet
  bool is_fresh() const;   // nothing came so far

  void write(std::string_view plaintext);
  void close();  // says so to the peer, once; nothing is written after that
  void fail();   // nothing is read or written any more
  // Gives up on TLS: `text` goes out as it is.
  void fail_with(std::string_view text);
  // Takes the room of a string for output, so as not to ask for new; back it goes with `wrote`.
  void borrow(std::string& room);

  State state() const { return state_; }
  std::string_view output() const { return std::string_view(output_).substr(written_); }
  void wrote(std::size_t bytes);  // REQUIRES: bytes <= output().size()

 private:
  struct MemoryBio;
  struct Free {
    void operator()(ssl_st* session) const;
  };
  bool ended() const { return state_ == State::closed || state_ == State::failed; }
  void note(int result);
  void give_back();

  std::unique_ptr<ssl_st, Free> session_;
  std::string_view input_;  // not yet read: lent, or in waiting_
  std::string waiting_;
  std::string output_;
  std::size_t written_ = 0;          // of output_
  std::string* borrowed_ = nullptr;  // whose room output_ has
  State state_ = State::handshaking;
  bool closing_ = false;
};

}  // namespace assay::runtime
