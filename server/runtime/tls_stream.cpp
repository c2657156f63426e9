#include "server/runtime/tls_stream.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace assay::runtime {

// How OpenSSL gets at a stream's records: it reads what was lent, where it lies, and appends to the
// output. Its own memory BIO would copy both, and keep its largest size for good.
struct TlsStream::MemoryBio {
  static int read(BIO* bio, char* to, int most) {
    std::string_view& input = stream_of(bio).input_;
    BIO_clear_retry_flags(bio);
    if (input.empty()) {
      BIO_set_retry_read(bio);
      return -1;
    }
    const std::size_t count = std::min(input.size(), static_cast<std::size_t>(most));
    std::memcpy(to, input.data(), count);
    input.remove_prefix(count);
    return static_cast<int>(count);
  }

  static int write(BIO* bio, const char* from, int count) {
    try {  // it would go through frames of C
      stream_of(bio).output_.append(from, static_cast<std::size_t>(count));
    } catch (const std::bad_alloc&) {
      return -1;
    }
    return count;
  }

  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static BIO* make(TlsStream& stream) {
    static const BIO_METHOD* const method = make_method();  // until the process ends
    BIO* const bio = BIO_new(method);
    if (bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, &stream);
    BIO_set_init(bio, 1);
    return bio;
  }

 private:
  static TlsStream& stream_of(BIO* bio) { return *static_cast<TlsStream*>(BIO_get_data(bio)); }

  static const BIO_METHOD* make_method() {
    BIO_METHOD* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stream");
    if (method == nullptr) throw std::bad_alloc();
    BIO_meth_set_read(method, &read);
    BIO_meth_set_write(method, &write);
    BIO_meth_set_ctrl(method, &control);
    return method;
  }
};

void TlsStream::Free::operator()(ssl_st* session) const { SSL_free(session); }

TlsStream::TlsStream(const TlsContext& context) : session_(SSL_new(context.get())) {
  if (session_ == nullptr) throw std::bad_alloc();
  BIO* const bio = MemoryBio::make(*this);
  SSL_set_bio(session_.get(), bio, bio);
  SSL_set_accept_state(session_.get());
}

void TlsStream::receive(std::string_view ciphertext) {
  if (!ended()) input_ = ciphertext;
}

// Fills the room from as many records as are here: requests that came in records of their own are
// answered together.
std::string_view TlsStream::read(std::span<char> room) {
  std::size_t filled = 0;
  while (filled < room.size() && has_input()) {
    std::size_t count = 0;
    ERR_clear_error();  // SSL_get_error looks at what others left on this thread
    const int result =
        SSL_read_ex(session_.get(), room.data() + filled, room.size() - filled, &count);
    note(result);
    filled += count;
    if (result != 1) break;
  }
  return {room.data(), filled};
}

// What a read says of the stream. One that only wants more has used up the input.
void TlsStream::note(int result) {
  const int error = SSL_get_error(session_.get(), result);
  if (error == SSL_ERROR_ZERO_RETURN) {
    state_ = State::closed;
    input_ = {};
  } else if (error != SSL_ERROR_NONE && error != SSL_ERROR_WANT_READ) {
    fail();
  } else if (SSL_is_init_finished(session_.get()) == 1) {
    state_ = State::open;
  }
}

bool TlsStream::has_input() const {
  if (ended()) return false;
  return !input_.empty() || SSL_pending(session_.get()) > 0;
}

bool TlsStream::in_record() const { return SSL_has_pending(session_.get()) == 1; }

bool TlsStream::is_fresh() const { return SSL_in_before(session_.get()) == 1; }

void TlsStream::keep_unread() {
  if (input_.empty()) {
    std::string().swap(waiting_);
  } else if (waiting_.empty()) {
    waiting_ = input_;
    input_ = waiting_;
  }
}

void TlsStream::write(std::string_view plaintext) {
  constexpr std::size_t record_bytes = 16 * 1024;
  constexpr std::size_t around_record_bytes = 64;  // header, nonce, tag: fewer
  const std::size_t records = plaintext.size() / record_bytes + 1;
  output_.reserve(output_.size() + plaintext.size() + records * around_record_bytes);
  std::size_t count = 0;
  while (!plaintext.empty() && state_ != State::failed) {
    ERR_clear_error();
    const int result = SSL_write_ex(session_.get(), plaintext.data(), plaintext.size(), &count);
    if (result != 1) return fail();
    plaintext.remove_prefix(count);
  }
}

void TlsStream::close() {
  const bool may_say_so = state_ == State::open || state_ == State::closed;
  if (!may_say_so || std::exchange(closing_, true)) return;
  ERR_clear_error();
  if (SSL_shutdown(session_.get()) < 0) fail();
}

void TlsStream::fail() {
  state_ = State::failed;
  input_ = {};
  ERR_clear_error();
}

void TlsStream::fail_with(std::string_view text) {
  fail();
  output_ = text;
}

void TlsStream::borrow(std::string& room) {
  room = output();
  room.swap(output_);
  written_ = 0;
  borrowed_ = &room;
}

void TlsStream::wrote(std::size_t bytes) {
  written_ += bytes;
  if (borrowed_ != nullptr) return give_back();
  if (written_ < output_.size()) return;
  std::string().swap(output_);
  written_ = 0;
}

// Unless most of it is still needed: to copy that would cost more than new room.
void TlsStream::give_back() {
  std::string& owner = *std::exchange(borrowed_, nullptr);
  if (output().size() > output_.capacity() / 2) return;
  std::string rest(output());
  owner = std::move(output_);
  output_ = std::move(rest);
  written_ = 0;
}

}  // namespace assay::runtime
