#include "server/storage/sql/migrations.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/thrown.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

constexpr Query<"SELECT group_concat(step, ' ') FROM (SELECT step FROM steps ORDER BY rowid)",
                std::string>
    steps;
constexpr Query<"SELECT group_concat(part || ':' || version, ' ') FROM assay_schema", std::string>
    versions;
constexpr Query<
    "SELECT coalesce(group_concat(name, ' '), '') FROM sqlite_schema WHERE type = "
    "'table'",
    std::string>
    tables;

const std::string first = "CREATE TABLE steps(step TEXT); INSERT INTO steps VALUES ('one');";
const std::string second = "INSERT INTO steps VALUES ('two')";
const std::string third = "INSERT INTO steps VALUES ('three')";

class Migrations : public testing::Test {
 protected:
  const ScratchFile file;
};

TEST_F(Migrations, AreDoneOnceEachInTheirOrder) {
  {
    Connection connection(file.path(), {});
    migrate(connection, {{"steps", {first, second}}});
    EXPECT_EQ(connection.one(steps), "one two");
    migrate(connection, {{"steps", {first, second}}});
  }
  Connection later(file.path(), {});
  migrate(later, {{"steps", {first, second, third}}});
  EXPECT_EQ(later.one(steps), "one two three");
  EXPECT_EQ(later.one(versions), "steps:3");
}

TEST_F(Migrations, OfTwoPartsKnowNothingOfEachOther) {
  Connection connection(file.path(), {});
  migrate(connection, {{"steps", {first}}, {"words", {"CREATE TABLE words(word TEXT)"}}});
  EXPECT_EQ(connection.one(versions), "steps:1 words:1");
  migrate(connection, {{"steps", {first, second}}});
  EXPECT_EQ(connection.one(versions), "steps:2 words:1");
  const StorageError error =
      thrown([&] { migrate(connection, {{"twice", {}}, {"steps", {}}, {"twice", {}}}); });
  EXPECT_EQ(error.kind(), Kind::misuse);
  EXPECT_STREQ(error.what(), "two parts of the schema are called \"twice\"");
}

TEST_F(Migrations, OfOneStartAreDoneAllOrNone) {
  Connection connection(file.path(), {});
  EXPECT_EQ(thrown([&] {
              migrate(connection,
                      {{"steps", {"CREATE TABLE steps(step TEXT); CREATE TABEL b(c)"}}});
            }).kind(),
            Kind::misuse);
  EXPECT_EQ(connection.one(tables), "");
  const std::string wrong = second + "; INSERT INTO nowhere VALUES (1)";
  EXPECT_EQ(thrown([&] { migrate(connection, {{"steps", {first, wrong, third}}}); }).kind(),
            Kind::misuse);
  EXPECT_EQ(connection.one(tables), "");
  migrate(connection, {{"steps", {first}}});
  const Part words{"words", {"CREATE TABLE words(word TEXT)"}};
  EXPECT_EQ(thrown([&] { migrate(connection, {words, {"steps", {first, second, wrong}}}); }).kind(),
            Kind::misuse);
  EXPECT_EQ(connection.one(steps), "one");
  EXPECT_EQ(connection.one(versions), "steps:1");
  migrate(connection, {{"steps", {first, second, third}}});
  EXPECT_EQ(connection.one(steps), "one two three");
}

TEST_F(Migrations, KnowAFileThatIsAnothers) {
  Connection connection(file.path(), {});
  require_ours(connection);
  connection.execute("CREATE TABLE theirs(id INTEGER)");
  const StorageError error = thrown([&] { require_ours(connection); });
  EXPECT_EQ(error.kind(), Kind::foreign);
  EXPECT_EQ(std::string(error.what()),
            "the database " + file.path() +
                " has the tables of another program, which were left as they are: name another "
                "file");
  connection.execute("DROP TABLE theirs");
  migrate(connection, {{"steps", {first}}});
  require_ours(connection);
}

TEST_F(Migrations, CannotEndTheirTransaction) {
  for (const char* end : {"COMMIT", "ROLLBACK", "COMMIT; BEGIN", "END", "SAVEPOINT a"}) {
    const ScratchFile another;
    Connection connection(another.path(), {});
    std::string text = first;
    text.append(end).append("; ").append(second);
    const StorageError error = thrown([&] { migrate(connection, {{"steps", {text}}}); });
    EXPECT_EQ(error.kind(), Kind::misuse);
    EXPECT_NE(std::string(error.what()).find("leave BEGIN, COMMIT and the like out"),
              std::string::npos)
        << error.what();
    EXPECT_EQ(connection.one(tables), "") << end;
  }
}

TEST_F(Migrations, OfANewerProgramAreRefusedAndNothingIsDone) {
  Connection connection(file.path(), {});
  migrate(connection, {{"steps", {first, second}}});
  const StorageError error = thrown([&] {
    migrate(connection, {{"words", {"CREATE TABLE words(word TEXT)"}}, {"steps", {first}}});
  });
  EXPECT_EQ(error.kind(), Kind::newer_schema);
  EXPECT_NE(std::string(error.what()).find("\"steps\" has version 2, and we know up to 1"),
            std::string::npos);
  EXPECT_NE(std::string(error.what()).find(file.path()), std::string::npos);
  EXPECT_EQ(connection.one(tables), "steps assay_schema");
}

TEST_F(Migrations, MayMakeATableAnewThatOthersReferTo) {
  constexpr Query<"SELECT count(*) FROM children", std::int64_t> children;
  const std::string made =
      "CREATE TABLE parents(id INTEGER PRIMARY KEY);"
      "CREATE TABLE children(parent INTEGER REFERENCES parents(id) ON DELETE CASCADE);"
      "INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1)";
  const std::string anew =
      "CREATE TABLE wider(id INTEGER PRIMARY KEY, name TEXT);"
      "INSERT INTO wider(id) SELECT id FROM parents; DROP TABLE parents;"
      "ALTER TABLE wider RENAME TO parents";
  Connection connection(file.path(), {});
  migrate(connection, {{"family", {made, anew}}});
  EXPECT_EQ(connection.one(children), 1);
  const StorageError error =
      thrown([&] { migrate(connection, {{"family", {made, anew, "DELETE FROM parents"}}}); });
  EXPECT_NE(std::string(error.what()).find("leaves rows that refer to none"), std::string::npos);
  connection.execute("DELETE FROM parents");  // from now on they are looked at again
  EXPECT_EQ(connection.one(children), 0);
}

TEST_F(Migrations, OfAVersionThatIsNoneAreRefused) {
  Connection connection(file.path(), {});
  migrate(connection, {{"steps", {first, second}}});
  connection.execute("UPDATE assay_schema SET version = -1");
  const StorageError error = thrown([&] { migrate(connection, {{"steps", {first, second}}}); });
  EXPECT_EQ(error.kind(), Kind::corrupt);
  EXPECT_NE(std::string(error.what()).find("\"steps\" has version -1, which is none"),
            std::string::npos);
}

TEST_F(Migrations, NeedNoLockWhereNoneIsLeft) {
  Settings settings;
  settings.busy_limit = std::chrono::milliseconds(1);
  Connection connection(file.path(), settings);
  Connection other(file.path(), settings);
  migrate(connection, {{"steps", {first}}});
  other.transaction([&] {
    migrate(connection, {{"steps", {first}}});
    EXPECT_EQ(thrown([&] { migrate(connection, {{"steps", {first, second}}}); }).kind(),
              Kind::busy);
  });
  migrate(connection, {{"steps", {first, second}}});
  EXPECT_EQ(connection.one(steps), "one two");
}

TEST_F(Migrations, ThatAnotherDidWhileWeWaitedAreNotDoneAgain) {
  const std::vector<Part> parts = {{"steps", {first, second}}};
  BusyCounts counts;
  Connection faster(file.path(), {});
  Connection late(file.path(), {}, &counts);
  std::future<void> done;
  faster.transaction([&] {
    done = std::async(std::launch::async, [&] { migrate(late, parts); });
    while (counts.waited == 0) std::this_thread::yield();  // it has looked, and wants the lock
    migrate(faster, parts);
  });
  done.get();
  EXPECT_EQ(late.one(steps), "one two");
  EXPECT_EQ(late.one(versions), "steps:2");
}

TEST_F(Migrations, AreDoneOnceByManyProcessesThatStartAtOnce) {
  Part part{"steps", {first}};
  for (int i = 0; i < 30; ++i) part.migrations.push_back("INSERT INTO steps VALUES ('more')");
  int gate[2];
  ASSERT_EQ(pipe(gate), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    const pid_t id = fork();
    if (id == 0) {
      close(gate[1]);
      char byte = 0;
      static_cast<void>(!read(gate[0], &byte, 1));
      int status = 1;
      try {
        Settings settings;
        settings.busy_limit = std::chrono::seconds(60);
        Connection connection(file.path(), settings);
        migrate(connection, {part});
        status = 0;
      } catch (const StorageError& error) {
        static_cast<void>(!write(STDERR_FILENO, error.what(), std::string(error.what()).size()));
      }
      _exit(status);
    }
    children.push_back(id);
  }
  close(gate[0]);
  close(gate[1]);
  for (const pid_t id : children) {
    int status = -1;
    waitpid(id, &status, 0);
    EXPECT_EQ(status, 0);
  }
  Connection connection(file.path(), {});
  constexpr Query<"SELECT count(*) FROM steps", int> count;
  EXPECT_EQ(connection.one(count), 31);
  EXPECT_EQ(connection.one(versions), "steps:31");
}

}  // namespace
}  // namespace assay::storage
