#include "server/storage/policies/per_request.h"

#include <sys/resource.h>

#include <filesystem>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"
#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

Settings settings_of(const ScratchFile& file) {
  Settings settings;
  settings.path = file.path();
  settings.policy = Policy::per_request;
  settings.synchronous = Synchronous::off;
  return settings;
}

// The process may open no more files, as long as this lives.
class OutOfFiles {
 public:
  OutOfFiles() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~OutOfFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  OutOfFiles(const OutOfFiles&) = delete;
  OutOfFiles& operator=(const OutOfFiles&) = delete;

 private:
  rlimit before_{};
};

class PerRequestTest : public testing::Test {
 protected:
  PerRequestTest() { database_.start(); }
  ScratchFile file_;
  Tally database_{settings_of(file_)};
};

TEST_F(PerRequestTest, OpensAConnectionForEachUseAndClosesIt) {
  database_.use([&](Connection&) { EXPECT_EQ(database_.counts().open_connections, 1U); });
  EXPECT_EQ(database_.counts().open_connections, 0U);
  EXPECT_THROW(database_.use([](Connection&) { throw 7; }), int);
  EXPECT_EQ(database_.counts().open_connections, 0U);
}

TEST_F(PerRequestTest, SaysThatItCannotOpenOneAndGoesOnWhenItCan) {
  database_.run(add_number, 1);
  {
    const OutOfFiles now;
    EXPECT_EQ(error_of([&] { database_.count(); }), Kind::no_file_free);
  }
  EXPECT_EQ(database_.count(), 1);
  EXPECT_EQ(database_.counts().open_connections, 0U);
}

TEST_F(PerRequestTest, MakesNoNewFileWhereTheOldOneIsGone) {
  std::filesystem::remove(file_.path());
  EXPECT_EQ(error_of([&] { database_.count(); }), Kind::cannot_open);
  EXPECT_FALSE(std::filesystem::exists(file_.path()));
}

}  // namespace
}  // namespace assay::storage
