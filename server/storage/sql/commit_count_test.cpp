#include "server/storage/sql/commit_count.h"

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace assay::storage {
namespace {

TEST(CommitCount, IsOneForAllProcesses) {
  CommitCount commits;
  commits.add();
  const pid_t child = fork();
  if (child == 0) {
    commits.add();
    commits.add();
    _exit(static_cast<int>(commits.now()));
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 3);
  EXPECT_EQ(commits.now(), 3U);
}

TEST(CommitCount, IsOnesOwn) {
  CommitCount first;
  const CommitCount second;
  first.add();
  EXPECT_EQ(second.now(), 0U);
}

}  // namespace
}  // namespace assay::storage
