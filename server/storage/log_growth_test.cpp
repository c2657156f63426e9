// How long the write-ahead log becomes under steady writes, as it is seen by who looks at the file.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <thread>

#include <gtest/gtest.h>

#include "server/storage/database.h"
#include "server/storage/policies/other_thread.h"

namespace assay::storage {
namespace {

constexpr Query<"UPDATE blocks SET bytes = randomblob(1048576)"> write_a_mebibyte;
constexpr Query<"SELECT count(*) FROM blocks", std::int64_t> count_blocks;

constexpr std::uint64_t mebibyte = 1 << 20;

class Log : public testing::Test {
 protected:
  Log() {
    database_.add_migrations(
        "blocks", {"CREATE TABLE blocks(bytes BLOB); INSERT INTO blocks VALUES (zeroblob(1))"});
    database_.open();
    database_.start();
  }

  static Settings settings() {
    Settings settings;
    settings.synchronous = Synchronous::off;
    return settings;
  }
  void write_by_the_writer() {
    database_.write([](Connection& connection) { connection.run(write_a_mebibyte); }).get();
  }
  // A reply that reads, on a thread that then has nothing to do.
  void reply_by(OtherThread& thread) {
    thread.does([&] {
      database_.one(count_blocks);
      database_.before_wait();
    });
  }

  Database database_{settings()};
};

TEST_F(Log, StaysShortWhereThreadsReadAndWait) {
  std::array<OtherThread, 3> readers;
  for (OtherThread& reader : readers) reader.does([&] { database_.before_wait(); });
  std::uint64_t longest = 0;
  for (std::size_t n = 0; n < 40; ++n) {
    write_by_the_writer();
    reply_by(readers.at(n % readers.size()));
    longest = std::max(longest, database_.counts().wal_bytes);
  }
  EXPECT_LT(longest, 12 * mebibyte);
  EXPECT_GT(longest, mebibyte);
}

// It begins anew in a moment in which nobody needs it, and there are such as long as every thread
// lets go when it waits.
TEST_F(Log, BeginsAnewThoughThreadsReadAllTheTime) {
  std::atomic<bool> is_over = false;
  const auto read = [&] {
    while (!is_over) {
      for (int n = 0; n < 4; ++n) database_.one(count_blocks);
      database_.before_wait();
    }
  };
  std::array<std::thread, 3> readers;
  for (std::thread& reader : readers) reader = std::thread(read);
  bool has_begun_anew = false;
  for (int n = 0; n < 200 && !has_begun_anew; ++n) {
    const std::uint64_t before = database_.counts().wal_bytes;
    write_by_the_writer();
    has_begun_anew = database_.counts().wal_bytes <= before;
  }
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_TRUE(has_begun_anew);
}

TEST_F(Log, StaysShortWherePolicyConnectionsWrite) {
  std::uint64_t longest = 0;
  for (int n = 0; n < 40; ++n) {
    database_.run(write_a_mebibyte);
    longest = std::max(longest, database_.counts().wal_bytes);
  }
  EXPECT_LT(longest, 12 * mebibyte);
}

TEST_F(Log, IsCutWhenAReaderThatKeptItLongWaits) {
  OtherThread reader;
  reader.does([&] {
    database_.before_wait();
    database_.one(count_blocks);
  });
  for (int n = 0; n < 70; ++n) write_by_the_writer();
  EXPECT_GT(database_.counts().wal_bytes, 64 * mebibyte);
  reader.does([&] { database_.before_wait(); });
  for (int n = 0; n < 10; ++n) write_by_the_writer();
  EXPECT_LT(database_.counts().wal_bytes, 16 * mebibyte);
}

}  // namespace
}  // namespace assay::storage
