#include "server/runtime/channel.h"

#include <array>

namespace assay::runtime {
namespace {

// Of a reply, as records at once. In lent room: a megabyte and its head, so that no rest of it
// takes the room of the connection's own buffers along. Else: what stays in the cache until it is
// written.
constexpr std::size_t lent_bytes = 1088 * 1024;
constexpr std::size_t own_bytes = 64 * 1024;

// No record of TLS begins with a letter, and every request that a client sends does.
bool begins_a_request(std::string_view bytes) { return bytes[0] >= 'A' && bytes[0] <= 'Z'; }

}  // namespace

void Channel::receive_records(std::string_view bytes, wire::ReplyBuffers& buffers) {
  if (bytes.empty() || needs_of_records() == Needs::close) return;
  if (tls_->is_fresh() && begins_a_request(bytes)) return answer_in_the_clear(bytes, buffers);
  tls_->receive(bytes);
  open_records(buffers);
}

void Channel::answer_in_the_clear(std::string_view request, wire::ReplyBuffers& buffers) {
  connection_.refuse_first(request, "This port speaks TLS: ask it by https://.", buffers);
  const wire::Output reply = connection_.output();
  tls_->fail_with(reply.first);
  connection_.wrote(reply.size());
}

void Channel::proceed_inside(wire::ReplyBuffers& buffers) {
  if (connection_.needs() == Needs::bytes) return open_records(buffers);
  connection_.proceed(buffers);
  seal_output(buffers);
}

// Before the handshake is over nothing can be said, so that it ends without a word.
void Channel::refuse_inside(wire::Refusal refusal, wire::ReplyBuffers& buffers) {
  if (tls_->state() == TlsStream::State::handshaking) return tls_->fail();
  connection_.refuse_now(refusal, buffers);
  seal_output(buffers);
}

void Channel::wrote_records(std::size_t bytes) {
  tls_->wrote(bytes);
  if (tls_->output().empty()) seal_output(own_bytes);
}

// Gives the connection what the records hold, until it must be written for first. What is left then
// is less than the driver read at once: it reads no more before it is gone.
void Channel::open_records(wire::ReplyBuffers& buffers) {
  std::array<char, 16 * 1024> room;  // as much as a record holds
  while (connection_.needs() == Needs::bytes && tls_->has_input()) {
    const std::string_view plaintext = tls_->read(room);
    if (!plaintext.empty()) connection_.receive(plaintext, buffers);
  }
  tls_->keep_unread();
  seal_output(buffers);
}

// `body` is scratch while a reply is built, and none is.
void Channel::seal_output(wire::ReplyBuffers& buffers) {
  if (connection_.output().size() > 0) tls_->borrow(buffers.body);
  seal_output(lent_bytes);
}

// Turns output of the connection into records, and its end into a notice.
void Channel::seal_output(std::size_t most) {
  const wire::Output output = connection_.output();
  const std::string_view first = output.first.substr(0, most);
  const std::string_view second = output.second.substr(0, most - first.size());
  tls_->write(first);
  tls_->write(second);
  if (output.size() > 0) connection_.wrote(first.size() + second.size());

  const Needs now = connection_.needs();
  const bool peer_ended = tls_->state() == TlsStream::State::closed && now == Needs::bytes;
  // A reply that is not whole must not look so: then the end comes without the notice.
  if ((now == Needs::close && !connection_.broken()) || peer_ended) tls_->close();
}

Channel::Needs Channel::needs_of_records() const {
  if (!tls_->output().empty()) return Needs::write;
  if (tls_->state() == TlsStream::State::failed) return Needs::close;
  const Needs needs = connection_.needs();
  if (needs != Needs::bytes) return needs;
  if (tls_->state() == TlsStream::State::closed) return Needs::close;
  return tls_->has_input() ? Needs::turn : Needs::bytes;
}

Channel::Phase Channel::phase_of_records() const {
  const Needs now = needs_of_records();
  if (now == Needs::write || now == Needs::turn) return Phase::reply;
  if (tls_->state() == TlsStream::State::handshaking) return Phase::head;
  const Phase phase = connection_.phase();
  return phase == Phase::idle && tls_->in_record() ? Phase::head : phase;
}

}  // namespace assay::runtime
