// One database that was opened before several processes were forked, each of which starts it.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/tally.h"

namespace assay::storage {
namespace {

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~Pipe() {
    for (const int end : ends_) close(end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void tell(std::int64_t number) const {
    if (write(ends_[1], &number, sizeof number) != sizeof number) _exit(2);
  }
  std::int64_t hear() const {
    std::int64_t number = 0;
    if (read(ends_[0], &number, sizeof number) != sizeof number) _exit(3);
    return number;
  }

 private:
  std::array<int, 2> ends_{};
};

// Serves in a process of its own; `act` says whether all was well there.
template <class Act>
pid_t process(Tally& database, Act act) {
  const pid_t child = fork();
  if (child != 0) return child;
  bool is_well = false;
  try {
    database.start();
    is_well = act();
    database.stop();
  } catch (const std::exception& error) {
    static_cast<void>(fprintf(stderr, "%s\n", error.what()));
    is_well = false;
  }
  _exit(is_well ? 0 : 1);
}

void expect_well(const std::vector<pid_t>& children) {
  for (const pid_t child : children) {
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
}

class Processes : public testing::TestWithParam<Journal> {
 protected:
  static Settings settings() {
    Settings settings;
    settings.journal = GetParam();
    settings.synchronous = Synchronous::off;
    settings.busy_limit = std::chrono::milliseconds(60'000);
    return settings;
  }
  Tally database_{settings()};
};

INSTANTIATE_TEST_SUITE_P(Both, Processes, testing::Values(Journal::wal, Journal::rollback),
                         [](const auto& given) {
                           return given.param == Journal::wal ? "Wal" : "Rollback";
                         });

TEST_P(Processes, ReadNothingOlderThanWhatAnotherAcknowledged) {
  constexpr std::int64_t last = 200;
  const Pipe told;
  const Pipe heard;
  const pid_t writer = process(database_, [&] {
    for (std::int64_t number = 1; number <= last; ++number) {
      const auto add = [number](Connection& connection) { connection.run(add_number, number); };
      if (number % 2 == 0) {
        database_.use(add);
      } else {
        database_.write(add).get();
      }
      told.tell(number);
      if (heard.hear() != number) return false;
    }
    return true;
  });
  const pid_t reader = process(database_, [&] {
    database_.before_wait();
    std::int64_t number = 0;
    while (number < last) {
      database_.count();  // holds a state that has not got the next one
      number = told.hear();
      const std::int64_t seen = database_.one(largest_number).value();
      heard.tell(seen);
      if (seen != number) return false;
    }
    return true;
  });
  expect_well({writer, reader});
}

TEST_P(Processes, LoseNoneOfTheirWrites) {
  const auto add_next = [](Connection& connection) {
    connection.transaction(
        [&] { connection.run(add_number, connection.one(largest_number).value() + 1); });
  };
  std::vector<pid_t> children;
  for (int i = 0; i < 3; ++i) {
    children.push_back(process(database_, [&] {
      for (int n = 0; n < 20; ++n) {
        database_.use(add_next);
        database_.write(add_next).get();
      }
      return true;
    }));
  }
  expect_well(children);
  database_.start();
  EXPECT_EQ(database_.count(), 120);
  EXPECT_EQ(database_.one(largest_number), 120);
}

}  // namespace
}  // namespace assay::storage
