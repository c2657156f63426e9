#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/runtime/self_signed.h"
#include "server/runtime/start_error.h"
#include "server/runtime/tls_client.h"
#include "server/runtime/tls_context.h"
#include "server/runtime/tls_stream.h"

namespace assay::runtime {
namespace {

using State = TlsStream::State;

const SelfSigned& pair() {
  static const SelfSigned made;
  return made;
}

const TlsContext& context() {
  static const TlsContext made(pair().certificate(), pair().key());
  return made;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string refusal_of(const std::string& certificate, const std::string& key) {
  try {
    const TlsContext made(certificate, key);
  } catch (const StartError& error) {
    EXPECT_EQ(ERR_peek_error(), 0U) << "left for the next who asks";
    return error.what();
  }
  return "none";
}

TEST(TlsContext, SaysWhichFileIsMissing) {
  const std::string cause =
      " no.pem cannot be read: No such file or directory; name a PEM file that this user can read";
  EXPECT_EQ(refusal_of("no.pem", pair().key()), "--tls-certificate" + cause);
  EXPECT_EQ(refusal_of(pair().certificate(), "no.pem"), "--tls-key" + cause);
}

TEST(TlsContext, SaysWhichFileIsNotPem) {
  const std::string noise = pair().file("noise", "not a certificate\n");
  EXPECT_EQ(refusal_of(noise, pair().key()),
            "--tls-certificate " + noise +
                " holds no certificate in PEM: give one that has a line -----BEGIN "
                "CERTIFICATE-----");
  for (const std::string& key : {noise, pair().certificate(), pair().file("empty", "")}) {
    EXPECT_EQ(refusal_of(pair().certificate(), key),
              "--tls-key " + key +
                  " holds no private key in PEM: give one that has a line -----BEGIN PRIVATE "
                  "KEY-----");
  }
  EXPECT_TRUE(refusal_of("/", pair().key()).starts_with("--tls-certificate / "));
}

TEST(TlsContext, SaysThatTheKeyIsOfAnotherCertificate) {
  const SelfSigned other;
  EXPECT_EQ(refusal_of(pair().certificate(), other.key()),
            "--tls-key " + other.key() + " does not belong to --tls-certificate " +
                pair().certificate() + ": give the key that it was made with");
}

TEST(TlsContext, SaysThatTheKeyIsLockedAndAsksNobody) {
  const SelfSigned locked("secret");
  EXPECT_EQ(refusal_of(locked.certificate(), locked.key()),
            "--tls-key " + locked.key() +
                " is locked with a password: give one without, made with openssl pkey -in " +
                locked.key() + " -out key.pem");
}

TEST(TlsContext, TakesAKeyAndItsCertificateFromOneFile) {
  const std::string both =
      pair().file("both", text_of(pair().key()) + text_of(pair().certificate()));
  EXPECT_EQ(refusal_of(both, both), "none");
}

// A stream and its peer, and what it has read.
struct Meeting {
  explicit Meeting(const TlsWish& wish = {}) : client(wish) { talk(); }

  void feed(std::string_view records) {
    std::array<char, 1024> room;
    stream.receive(records);
    while (stream.has_input()) heard += stream.read(room);
    stream.keep_unread();
  }
  void talk() {
    for (std::string records = client.outgoing(); !records.empty(); records = client.outgoing()) {
      feed(records);
      reply();
    }
  }
  void reply() {
    client.incoming(stream.output());
    stream.wrote(stream.output().size());
  }

  TlsStream stream{context()};
  TlsClient client;
  std::string heard;
};

TEST(TlsStream, SpeaksTls12And13) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Meeting meeting({.version = version});
    EXPECT_EQ(meeting.stream.state(), State::open) << version;
    meeting.client.send("there");
    meeting.talk();
    meeting.stream.write("and back");
    meeting.reply();
    EXPECT_EQ(meeting.heard, "there");
    EXPECT_EQ(meeting.client.replies(), "and back");
  }
}

TEST(TlsStream, RefusesTls11WithAnAlert) {
  const Meeting meeting({.version = TLS1_1_VERSION});
  EXPECT_EQ(meeting.stream.state(), State::failed);
  EXPECT_TRUE(meeting.client.has_failed());
}

TEST(TlsStream, AgreesOnHttp11OrEndsWithAnAlert) {
  EXPECT_EQ(Meeting({.protocols = "\x02h2\x08http/1.1"}).client.protocol(), "http/1.1");
  const Meeting other({.protocols = "\x02h2\x08smtp/1.0"});
  EXPECT_EQ(other.stream.state(), State::failed);
  EXPECT_TRUE(other.client.has_failed());
}

TEST(TlsStream, GoesOnWithASessionOfAnotherConnection) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const Meeting first({.version = version});
    EXPECT_FALSE(first.client.is_resumed());
    const TlsClient::Session session = first.client.session();
    const Meeting second({.version = version, .session = session.get()});
    EXPECT_TRUE(second.client.is_resumed()) << version;
    EXPECT_EQ(second.stream.state(), State::open);
  }
}

TEST(TlsStream, DoesNotShakeHandsAgain) {
  Meeting meeting({.version = TLS1_2_VERSION});
  SSL_renegotiate(meeting.client.get());
  SSL_do_handshake(meeting.client.get());
  meeting.talk();
  EXPECT_TRUE(meeting.client.has_failed());
}

TEST(TlsStream, HasNotFailedWhileTheHandshakeIsCutShort) {
  TlsClient client;
  const std::string hello = client.outgoing();
  for (std::size_t cut = 0; cut < hello.size(); ++cut) {
    TlsStream stream(context());
    std::array<char, 16> room;
    stream.receive(std::string_view(hello).substr(0, cut));
    EXPECT_EQ(stream.read(room), "");
    EXPECT_EQ(stream.state(), State::handshaking) << cut;
    EXPECT_EQ(stream.output(), "") << cut;
  }
}

std::string answer_to(std::string_view noise) {
  TlsStream stream(context());
  std::array<char, 16> room;
  stream.receive(noise);
  EXPECT_EQ(stream.read(room), "");
  EXPECT_EQ(stream.state(), State::failed);
  EXPECT_FALSE(stream.has_input());
  return std::string(stream.output().substr(0, 1));
}

TEST(TlsStream, FailsOverNoiseAndAlertsAPeerThatBeganARecord) {
  EXPECT_EQ(answer_to(std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0", 12)), "");
  EXPECT_EQ(answer_to(std::string_view("SSH-2.0-assay\r\n")), "");
  EXPECT_EQ(answer_to(std::string_view("\x16\x03\x01\xff\xff!")), "\x15");
  EXPECT_EQ(answer_to(std::string_view("\x17\x03\x03\x00\x01!", 6)), "\x15");
  EXPECT_EQ(answer_to(std::string_view("\x16\x03\x01\x00\x05\x01\x00\x00\x01!", 10)), "\x15");
}

TEST(TlsStream, FailsOverARecordThatWasChanged) {
  Meeting meeting;
  meeting.client.send("a secret");
  std::string record = meeting.client.outgoing();
  record[record.size() / 2] ^= 1;
  meeting.feed(record);
  meeting.reply();
  EXPECT_EQ(meeting.stream.state(), State::failed);
  EXPECT_TRUE(meeting.client.has_failed());
  EXPECT_EQ(meeting.heard, "");
}

TEST(TlsStream, KnowsWhenARecordIsNotWhole) {
  Meeting meeting;
  meeting.client.send("halved");
  const std::string record = meeting.client.outgoing();
  EXPECT_FALSE(meeting.stream.in_record());
  meeting.feed(record.substr(0, 3));
  EXPECT_TRUE(meeting.stream.in_record());
  meeting.feed(record.substr(3, 9));
  EXPECT_TRUE(meeting.stream.in_record());
  meeting.feed(record.substr(12));
  EXPECT_FALSE(meeting.stream.in_record());
  EXPECT_EQ(meeting.heard, "halved");
}

TEST(TlsStream, KeepsWhatItWasLentUntilThereIsRoom) {
  Meeting meeting;
  meeting.client.send("first");
  meeting.client.send("second");
  std::string records = meeting.client.outgoing();
  std::array<char, 4> room;
  meeting.stream.receive(records);
  EXPECT_EQ(meeting.stream.read(room), "firs");
  meeting.stream.keep_unread();
  records.assign(records.size(), '!');
  EXPECT_EQ(meeting.stream.read(room), "tsec");
  meeting.stream.keep_unread();
  EXPECT_TRUE(meeting.stream.has_input());
  EXPECT_EQ(meeting.stream.read(room), "ond");
  EXPECT_FALSE(meeting.stream.has_input());
}

TEST(TlsStream, GivesBorrowedRoomBackUnlessMostOfItIsNeeded) {
  Meeting meeting;
  std::string room;
  room.reserve(10'000);
  const char* const place = room.data();
  const auto write = [&](std::size_t bytes) {
    meeting.stream.borrow(room);
    meeting.stream.write(std::string(bytes, 'b'));
    EXPECT_EQ(meeting.stream.output().data(), place);
  };
  write(100);
  meeting.reply();
  EXPECT_EQ(room.data(), place);
  write(1000);
  meeting.client.incoming(meeting.stream.output().substr(0, 10));
  meeting.stream.wrote(10);
  EXPECT_EQ(room.data(), place);
  meeting.reply();
  write(9000);
  meeting.stream.wrote(0);
  EXPECT_EQ(meeting.stream.output().data(), place);
  room.assign(9000, '!');
  meeting.reply();
  EXPECT_EQ(meeting.client.replies(), std::string(10'100, 'b'));
}

TEST(TlsStream, SaysItsEndOnce) {
  Meeting meeting;
  meeting.stream.close();
  const std::size_t size = meeting.stream.output().size();
  EXPECT_GT(size, 0U);
  meeting.stream.close();
  EXPECT_EQ(meeting.stream.output().size(), size);
  EXPECT_EQ(meeting.stream.state(), State::open);
}

TEST(TlsStream, HearsThePeersEndAndMaySpeakOn) {
  Meeting meeting;
  meeting.client.send("bye");
  meeting.client.close();
  meeting.talk();
  EXPECT_EQ(meeting.heard, "bye");
  EXPECT_EQ(meeting.stream.state(), State::closed);
  meeting.stream.write("so long");
  meeting.reply();
  EXPECT_EQ(meeting.client.replies(), "so long");
  meeting.feed("what comes after the end");
  EXPECT_EQ(meeting.stream.state(), State::closed);
}

}  // namespace
}  // namespace assay::runtime
