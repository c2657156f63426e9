// Twelve faults, each put into a real run: all are found, each for its own reason; and a run
// without one raises no alarm. Nothing else may run meanwhile (CMakeLists.txt sees to that): it
// would be a thirteenth.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <list>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/lab/host/host.h"
#include "harness/lab/is_instrumented.h"
#include "harness/lab/run/scratch_run.h"
#include "harness/lab/trial/intruder.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// A server that has the faults that a test gives it. ACT answers one request: `head` is its head,
// `is_timed` whether the load sent it and not the verification, `number` is its connection's and
// `asked` counts the timed ones.
constexpr auto server_text = R"(import os, pathlib, socket, sys, threading, time
reply = pathlib.Path("../../workloads/json/reply.json").read_bytes()
counters = {"connections": 0, "asked": 0}
kept = []
def message(body, length=None, status=200):
    head = f"HTTP/1.1 {status} Some\r\nContent-Type: application/json\r\nContent-Length: "
    return f"{head}{len(body) if length is None else length}\r\n\r\n".encode() + body
right = message(reply)
def act(connection, head, is_timed, number, asked):
ACT
def serve(connection, number):
    waiting = b""
    while True:
        got = connection.recv(65536)
        if not got: return
        waiting += got
        while b"\r\n\r\n" in waiting:
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            is_timed = b"close" not in head
            if b"__assay__" in head:
                connection.sendall(message(b'FACTS'))
                return connection.close()
            counters["asked"] += is_timed
            act(connection, head, is_timed, number, counters["asked"])
            if not is_timed: return connection.close()
def attend(connection, number):
    try: serve(connection, number)
    except OSError: pass
listener = socket.create_server(("127.0.0.1", 0), backlog=128, reuse_port=True)
print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", file=sys.stderr, flush=True)
while True:
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    counters["connections"] += 1
    threading.Thread(target=attend, args=(connection, counters["connections"]), daemon=True).start()
)";

std::string told_by(const std::string& name, const std::string& lock = R"("gil":false,)") {
  return R"({"baseline":")" + name + R"(","python":"3.13.5",)" + lock + R"("packages":{}})";
}

class Faults : public testing::Test {
 protected:
  // The baseline odd@only: the server above, that acts like this, and says so much of itself.
  void write_server(const std::string& act, const std::string& facts = told_by("odd")) const {
    std::string text = server_text;
    text.replace(text.find("ACT\n"), 3, act);
    text.replace(text.find("FACTS"), 5, facts);
    scratch_.write("baselines/odd/serve.py", text);
    scratch_.write(
        "baselines/odd/baseline.toml",
        ScratchCheckout::baseline(R"(["/usr/bin/env", "python3", "serve.py"])", "free-threaded"));
    scratch_.write(".venv/odd.json", R"({"program": "/bin/sh"})");
    scratch_.write("workloads/json/odd.py", "");
  }

  RunResult run_of(const std::string& labels, int blocks, const std::string& measure_s,
                   const std::string& workload = "json", int connections = 2) const {
    scratch_.plan("p", blocks, labels, measure_s, connections);
    return run_of_the_plan(workload);
  }
  RunResult run_of_the_plan(const std::string& workload = "json") const {
    RunOptions options;
    if (workload != "json") options.workload = workload;
    const auto made = run_as(scratch_, options);
    EXPECT_TRUE(made) << made.error().what();
    return made ? made->result : RunResult{};
  }
  // The cell of the reference in so many blocks, of so many seconds each.
  CellRecord reference_cell(int blocks, const std::string& measure_s,
                            const std::string& workload = "json") const {
    const RunResult result = run_of(R"("reference@only")", blocks, measure_s, workload);
    return result.cells.empty() ? CellRecord{} : result.cells.front();
  }
  CellRecord odd_cell(const std::string& measure_s) const {
    const RunResult result = run_of(R"("reference@only", "odd@only")", 1, measure_s);
    return result.cells.empty() ? CellRecord{} : result.cells.back();
  }

  const ScratchCheckout scratch_;
};

// All that is said of a cell, a line each.
std::string said(const CellRecord& cell) {
  std::string text = cell.missing + '\n';
  for (const std::string& warning : cell.warnings) text += warning + '\n';
  return text;
}

testing::AssertionResult is_said(const CellRecord& cell, const std::string& reason) {
  if (said(cell).find(reason) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\"" << reason << "\" is not in: " << said(cell);
}

testing::AssertionResult has_no_figure(const CellRecord& cell) {
  if (!cell.rate) return testing::AssertionSuccess();
  return testing::AssertionFailure() << cell.rate->median << " requests/s, and: " << said(cell);
}

// 1. It is tried twice more, and then stands with what spoilt it: the host may never be quieter.
TEST_F(Faults, ForeignLoadOnTheServersCoreIsFound) {
  if (is_instrumented) GTEST_SKIP() << "what is measured is not the server";
  const auto work = [](pid_t) { getppid(); };
  const Intruder first(true, work);
  const Intruder second(true, work);
  const RunResult result = run_of(R"("reference@only")", 1, "0.4");
  const CellRecord& cell = result.cells.at(0);
  EXPECT_EQ(cell.rejected, 2);
  EXPECT_EQ(cell.trials, 1);
  EXPECT_TRUE(cell.rate) << cell.missing;
  EXPECT_TRUE(is_said(cell, "1 of 1 trials: foreign load: other programs used more than 2 %"));
  ASSERT_TRUE(result.trials.back().conditions);
  EXPECT_GT(result.trials.back().conditions->foreign_cores.value_or(0), 0.1);
}

// 2. Twelve others share its only core; the server has another core, and enough connections that
// the client never waits for a reply.
TEST_F(Faults, AStarvedClientIsFound) {
  if (is_instrumented) GTEST_SKIP() << "what is measured is not the server";
  const auto cores = physical_cores();
  if (cores.size() < 2 || access("/usr/bin/taskset", X_OK) != 0) {
    GTEST_SKIP() << "it takes a core for the server, one for the client, and a way to keep to them";
  }
  const std::vector<unsigned> own = {cores.back().front()};
  scratch_.write(
      "baselines/reference/baseline.toml",
      ScratchCheckout::baseline(
          R"(["/usr/bin/taskset", "--cpu-list", ")" + std::to_string(cores.front().front()) +
          R"(", "{server}", "--host", "{host}", "--port", "{port}", "--workers", "1"])"));
  std::list<Intruder> neighbours;
  for (int i = 0; i < 12; ++i) {
    neighbours.emplace_back(false, [&own](pid_t) {
      keep_to_cores(own);
      while (true) getppid();
    });
  }
  RunResult result;
  std::thread client([&] {  // what it starts inherits it
    keep_to_cores(own);
    result = run_of(R"("reference@only")", 1, "0.8", "json", 64);
  });
  client.join();
  const Trial& last = result.trials.back();
  EXPECT_FALSE(last.valid);
  EXPECT_TRUE(is_said(result.cells.at(0), "the client was starved"))
      << "it waited for a core for " << last.client_wait.value_or(-1) << " of the time, and had "
      << last.client_cpu << " of one";
}

// 3.
TEST_F(Faults, AWrongServerOnThePortIsFound) {
  write_server("    connection.sendall(right)", told_by("karak"));
  const CellRecord cell = odd_cell("0.1");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_EQ(cell.missing, "the server says that it is karak");
}

// Likewise: one that comes to the right server's port while it is timed.
TEST_F(Faults, ASecondServerOnThePortIsFound) {
  write_server(R"(    if is_timed and asked == 1 and os.fork() == 0:
        os.setsid()
        second = socket.create_server(listener.getsockname(), reuse_port=True)
        time.sleep(30)
        os._exit(0)
    connection.sendall(right))");
  const CellRecord cell = odd_cell("0.5");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_TRUE(is_said(cell, "another process listened on the server's port too"));
}

// 4. What was asked first is answered for ever.
TEST_F(Faults, AConstantReplyFromACacheIsFound) {
  scratch_.write("workloads/x/workload.toml", R"(title = "T"
measures = "M"
used_by = []
request = { method = "GET", path = "/x/{random:1:100000}" }
reply = { status = 200, type = "application/json", text = "{1}" }
)");
  scratch_.write("workloads/x/odd.py", "");
  write_server(R"(    text = head.split()[1].rpartition(b"/")[2]
    if not kept: kept.append(text)
    connection.sendall(message(kept[0] if kept else text)))");
  const RunResult result = run_of(R"("reference@only", "odd@only")", 1, "0.1", "x");
  const CellRecord& cell = result.cells.back();
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_TRUE(is_said(cell, "one of 100 requests, 16 at a time: GET /x/"));
}

// 5. Right when it is verified, and from the third timed reply on one of three ends early.
TEST_F(Faults, ATruncatedBodyIsFound) {
  write_server(R"(    if not is_timed or asked % 3: return connection.sendall(right)
    connection.sendall(message(reply[:100], len(reply)))
    connection.close())");
  const CellRecord cell = odd_cell("0.3");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_TRUE(is_said(cell, "errors above 0.1 % of requests: short"));
}

// 6. As long as Linux waits before it acknowledges: two writes without TCP_NODELAY.
TEST_F(Faults, AStallOf40MillisecondsIsFound) {
  write_server(R"(    if is_timed: time.sleep(0.04)
    connection.sendall(right))");
  EXPECT_TRUE(is_said(odd_cell("0.5"), "half of the replies took 40 ms while the server was idle"));
}

// 7.
TEST_F(Faults, AFloodOfErrorsIsFound) {
  write_server(R"(    is_wrong = is_timed and asked % 2
    connection.sendall(message(b"{}", status=503) if is_wrong else right))");
  const CellRecord cell = odd_cell("0.3");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_TRUE(is_said(cell, "errors above 0.1 % of requests: status"));
}

// 8. The reference server with a real database, whose file is emptied while the second trial, when
// the journal has one, is timed.
TEST_F(Faults, ADeadDatabaseIsFound) {
  fs::copy("workloads/db", scratch_.folder() / "workloads" / "db");
  const std::string data = (scratch_.folder() / "data.db").string();
  scratch_.write("baselines/reference/serve.sh", "data=" + data + R"(
if test -s ../../results/hosts/*/*/journal.ndjson; then
  (sleep 0.8; : > $data; rm -f $data-wal $data-shm) &
fi
exec "$@" --database $data --database-policy per-request
)");
  scratch_.write(
      "baselines/reference/baseline.toml",
      ScratchCheckout::baseline(
          R"(["/bin/sh", "serve.sh", "{server}", "--host", "{host}", "--port", "{port}"])"));
  const RunResult result = run_of(R"("reference@only")", 2, "2.0", "db");
  EXPECT_TRUE(is_said(result.cells.at(0), "errors above 0.1 % of requests: status"));
  EXPECT_FALSE(result.trials.back().valid);
}

// 9. A start script that changes itself stands for a program that was built anew. It is none of the
// run's sources, a change of which ends the run.
TEST_F(Faults, AProgramThatWasSwappedBetweenTrialsIsFound) {
  scratch_.write("program/serve.sh", "echo '#' >> $0; exec \"$@\"\n");
  scratch_.write("baselines/reference/baseline.toml",
                 ScratchCheckout::baseline(R"(["/bin/sh", "../../program/serve.sh", "{server}", )"
                                           R"("--host", "{host}", "--port", "{port}"])"));
  const RunResult result = run_of(R"("reference@only")", 2, "0.1");
  EXPECT_TRUE(is_said(result.cells.at(0), "the server's program is not the one"));
  EXPECT_FALSE(result.trials.back().valid);
  EXPECT_NE(result.trials.front().program_sha256, result.trials.back().program_sha256);
}

// 10.
TEST_F(Faults, AClientThatWasPausedIsFound) {
  const Intruder stopper(false, [](pid_t laboratory) {
    kill(laboratory, SIGSTOP);
    usleep(250'000);
    kill(laboratory, SIGCONT);
    usleep(100'000);
  });
  const CellRecord cell = reference_cell(1, "0.8");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_EQ(cell.rejected, 2);
  EXPECT_TRUE(is_said(cell, "the client stood still"));
}

// 11.
TEST_F(Faults, AnInterpreterWithItsLockOnIsFound) {
  write_server("    connection.sendall(right)", told_by("odd", R"("gil":true,)"));
  CellRecord cell = odd_cell("0.1");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_EQ(cell.missing, "the interpreter lock is on, and this baseline runs without it");
  write_server("    connection.sendall(right)", told_by("odd", ""));
  std::this_thread::sleep_for(std::chrono::seconds(1));  // a run's folder is named by the second
  cell = odd_cell("0.1");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_NE(cell.missing.find("does not say whether its interpreter lock is on"),
            std::string::npos);
}

// 12. Of two connections the load has one that is never answered.
TEST_F(Faults, ConnectionsThatAreLostAreFound) {
  write_server("    if not is_timed or number % 2: connection.sendall(right)");
  const CellRecord cell = odd_cell("1.0");
  EXPECT_TRUE(has_no_figure(cell));
  EXPECT_TRUE(is_said(cell, "about 1 of 2 connections were at work"));
  EXPECT_TRUE(is_said(cell, "connections were lost"));
}

// What speaks against no figure: who asked, and that a host is short of cores.
bool is_remark(const std::string& warning) {
  return warning.starts_with("not steady") || warning.starts_with("the client is ") ||
         warning.starts_with("the client sent late");
}

// What the host itself does meanwhile is no false alarm.
bool is_of_the_host(const std::string& reason) {
  return reason.starts_with("foreign load") || reason.starts_with("the hypervisor took");
}

constexpr auto other_loads = R"(
[[loads]]
name = "closed"
title = "8 at a time, closed"
connections = 8
keep_alive = false
[[loads]]
name = "crowd"
title = "64 kept open"
connections = 64
keep_alive = true
[[loads]]
name = "paced"
title = "200 a second"
connections = 8
keep_alive = true
rate = 200.0
[[loads]]
name = "document"
title = "a document's client"
client = "urllib-pool"
requests = 100
connections = 4
keep_alive = false
)";

TEST_F(Faults, TrialsWithoutOneRaiseNoAlarmWhateverTheirLoad) {
  if (is_instrumented) GTEST_SKIP() << "what is measured is not the server";
  write_server("    connection.sendall(right)");
  fs::copy("harness/clients", scratch_.folder() / "harness/clients", fs::copy_options::recursive);
  scratch_.plan("p", 4, R"("reference@only", "odd@only")", "0.3");
  std::ofstream(scratch_.folder() / "harness/plans/p.toml", std::ios::app) << other_loads;
  const RunResult result = run_of_the_plan();
  EXPECT_GE(result.trials.size(), 40U);
  for (const Trial& trial : result.trials) {
    for (const std::string& reason : trial.reasons) {
      EXPECT_TRUE(is_of_the_host(reason)) << trial.baseline << " " << trial.load << ": " << reason;
    }
    for (const std::string& warning : trial.warnings) {
      EXPECT_TRUE(is_of_the_host(warning) || is_remark(warning))
          << trial.baseline << " " << trial.load << ": " << warning;
    }
  }
}

}  // namespace
}  // namespace assay::lab
