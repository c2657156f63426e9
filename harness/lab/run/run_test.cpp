#include "harness/lab/run/run.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/lab/figures/run_text.h"
#include "harness/lab/file_text.h"
#include "harness/lab/is_instrumented.h"
#include "harness/lab/record/result_file.h"
#include "harness/lab/run/scratch_run.h"

namespace assay::lab {
namespace {

std::size_t lines_in(const std::filesystem::path& path) {
  std::ifstream file(path);
  return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
}

TEST(Run, MeasuresEveryCellInEveryBlockAndKeepsIt) {
  if (is_instrumented) GTEST_SKIP() << "what is measured is not the server";
  const ScratchCheckout scratch;
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline(R"(["{server}", "--port", "{port}"])") +
                    "[variants.twin]\ntitle = \"one worker\"\nmodel = \"M\"\n"
                    "arguments = [\"--workers\", \"1\"]\n");
  scratch.plan("p", 6, R"("reference@only", "reference@twin")");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const RunResult& result = made->result;
  EXPECT_TRUE(result.complete);
  ASSERT_EQ(result.trials.size(), 12U);
  for (const Trial& trial : result.trials) {
    EXPECT_TRUE(trial.valid) << (trial.reasons.empty() ? "" : trial.reasons.front());
    EXPECT_GT(trial.requests, 0U);
    EXPECT_EQ(trial.status.at("200"), trial.requests);
  }
  EXPECT_TRUE(result.cells.at(0).rate->low);
  EXPECT_EQ(result.ratios.at(0).theirs, "reference@twin");
  EXPECT_EQ(lines_in(made->folder / "journal.ndjson"), 12U);
  const auto read = read_result(made->folder / "result.json");
  ASSERT_TRUE(read) << read.error().what();
  EXPECT_EQ(read->run, result.run);
  EXPECT_NE(text(result).find("reference@twin"), std::string::npos);
}

TEST(Run, GoesOnWithoutABaselineThatCannotRunOrIsWrong) {
  const ScratchCheckout scratch;
  scratch.write("baselines/absent/baseline.toml",
                ScratchCheckout::baseline(R"(["{python}"])", "free-threaded"));
  scratch.write("baselines/dead/baseline.toml",
                ScratchCheckout::baseline(R"(["/bin/sh", "-c", "echo out of luck >&2; exit 3"])"));
  scratch.write("workloads/json/absent.py", "");
  scratch.write("workloads/json/dead.py", "");
  scratch.plan("p", 3, R"("reference@only", "absent@only", "dead@only")");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const auto& cells = made->result.cells;
  EXPECT_TRUE(cells.at(0).rate);
  EXPECT_EQ(cells.at(1).missing, "its environment is missing: run make setup");
  EXPECT_EQ(cells.at(2).missing, "the server ended with status 3; it said last: out of luck");
  EXPECT_EQ(cells.at(2).trials, 0) << "a server that could not be asked is not timed";
  EXPECT_FALSE(std::filesystem::exists(made->folder / "server.log"));
  EXPECT_TRUE(std::filesystem::exists(made->folder / "logs" / "verify-dead@only.log"))
      << "what the dead server said is kept";
}

TEST(Run, TakesNoFigureFromAnotherServerOrWithTheLockOn) {
  const ScratchCheckout scratch;
  const auto missing_with = [&](const std::string& facts) {
    write_talking_server(scratch, facts);
    std::this_thread::sleep_for(std::chrono::seconds(1));  // a run's folder is named by the second
    const auto made = run_plan(scratch);
    return made ? made->result.cells.at(1).missing : made.error().what();
  };
  EXPECT_EQ(missing_with(R"({"baseline":"karak","python":"3.13.5","gil":false,"packages":{}})"),
            "the server says that it is karak");
  EXPECT_EQ(missing_with(R"({"baseline":"talker","python":"3.13.5","gil":true,"packages":{}})"),
            "the interpreter lock is on, and this baseline runs without it");
  EXPECT_EQ(missing_with(R"({"baseline":"talker","python":"3.13.5","packages":{}})"),
            "the server does not say whether its interpreter lock is on, and this baseline runs "
            "without it");
  EXPECT_EQ(missing_with(R"({"baseline":"talker","python":"3.13.5","gil":false,"packages":{}})"),
            "");
}

// A server in Python's standard library; `body` is the text of its do_GET, `start` runs before it
// listens. It answers /__assay__ with no facts.
void write_server(const ScratchCheckout& scratch, const std::string& body,
                  const std::string& start = "") {
  scratch.write("baselines/odd/serve.py", R"(import http.server, os, pathlib, sys, time
reply = pathlib.Path("../../workloads/json/reply.json").read_bytes()
begun = time.monotonic()
asked = [0]
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        asked[0] += 1
)" + body + R"(
    def log_message(self, *arguments): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
)" + start + R"(
print(f"listening on http://127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
server.serve_forever()
)");
  scratch.write("baselines/odd/baseline.toml",
                ScratchCheckout::baseline(R"(["/usr/bin/env", "python3", "serve.py"])"));
  scratch.write("workloads/json/odd.py", "");
  scratch.plan("p", 1, R"("reference@only", "odd@only")");
}

TEST(Run, GoesOnWhenAServerDiesWhileItIsMeasured) {
  const ScratchCheckout scratch;
  // The verification closes its connections, a trial keeps them.
  write_server(scratch,
               "        if self.headers['Connection'] != 'close': os._exit(7)\n"
               "        self.answer(reply)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_TRUE(made->result.cells.at(0).rate);
  const CellRecord& odd = made->result.cells.at(1);
  EXPECT_FALSE(odd.rate);
  const std::string reason = "1 of 1 trials not valid: the server ended with status 7";
  EXPECT_EQ(std::count(odd.warnings.begin(), odd.warnings.end(), reason), 1);
  EXPECT_TRUE(std::filesystem::exists(made->folder / "logs"));
}

TEST(Run, TakesNoFigureOfAProcessOutsideTheServersGroup) {
  const ScratchCheckout scratch;
  write_server(scratch, "        self.answer(reply)",
               "if os.fork() == 0: os.setsid(), server.serve_forever()\n"
               "print(f'listening on http://127.0.0.1:{server.server_port}', file=sys.stderr, "
               "flush=True)\nserver.socket.close()\ntime.sleep(60)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const std::string& missing = made->result.cells.at(1).missing;
  EXPECT_EQ(missing.rfind("the wrong process: port ", 0), 0U) << missing;
  EXPECT_TRUE(made->result.cells.at(0).rate);
}

TEST(Run, FindsAWrongReplyBeforeItIsTimed) {
  const ScratchCheckout scratch;
  scratch.write("workloads/json/reply.json", "{}");
  scratch.plan("p", 1, R"("reference@only")");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const std::string& missing = made->result.cells.at(0).missing;
  EXPECT_NE(missing.find("a body of 526 bytes that differs at byte 1 from the 2 expected"),
            std::string::npos)
      << missing;
}

TEST(Run, EndsWhereASourceIsChangedWhileItGoesOnAndKeepsWhatWasMeasured) {
  const ScratchCheckout scratch;
  write_server(scratch, "        self.answer(reply)",
               "open('../../workloads/json/odd.py', 'a').write('# changed')");
  scratch.plan("p", 3, R"("reference@only", "odd@only")");
  const auto made = run_plan(scratch);
  ASSERT_FALSE(made);
  EXPECT_EQ(std::string(made.error().what()).rfind("workloads/json was changed while", 0), 0U)
      << made.error().what();
  for (const auto& folder :
       std::filesystem::recursive_directory_iterator(scratch.folder() / "results")) {
    if (folder.path().filename() != "result.json") continue;
    const auto kept = read_result(folder.path());
    ASSERT_TRUE(kept) << kept.error().what();
    EXPECT_FALSE(kept->complete);
    EXPECT_EQ(kept->trials.size(), 2U);
    return;
  }
  ADD_FAILURE() << "no result was kept";
}

TEST(Run, KeepsWhatWasMeasuredWhenItIsStopped) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1000, R"("reference@only")");
  load::Stop stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    stop.request();
  });
  const auto made = run_plan(scratch, stop);
  stopper.join();
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_FALSE(made->result.complete);
  EXPECT_EQ(made->result.trials.size(), lines_in(made->folder / "journal.ndjson"));
  EXPECT_TRUE(read_result(made->folder / "result.json"));
}

TEST(Run, SaysWhatAReaderMustKnowOfItsHostBeforeItMeasures) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  const auto said_in = scratch.folder() / "said";
  std::FILE* said = std::fopen(said_in.c_str(), "w");
  RunOptions options;
  options.plan = "p";
  options.has_gates = false;
  const auto made = run(scratch.checkout(), options, {}, said);
  std::fclose(said);
  ASSERT_TRUE(made) << made.error().what();
  const std::string text = text_of(said_in).value_or("");
  const auto measures = text.find("[1/1]");
  ASSERT_NE(measures, text.npos) << text;
  for (const std::string& note : made->result.host.notes) {
    EXPECT_LT(text.find("note: " + note + "\n"), measures) << text;
  }
}

TEST(Run, EndsWithinItsBudgetAndSaysSo) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1000, R"("reference@only")");
  begin_plan_with(scratch, "budget_min = 0.01");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_TRUE(made->result.complete);
  EXPECT_EQ(made->result.ended_by, "time");
  EXPECT_LT(made->result.blocks_done, 1000);
}

TEST(Run, EndsAtOnceWhenStoppedWhileAServerDoesNotGetReady) {
  const ScratchCheckout scratch;
  scratch.write("baselines/silent/baseline.toml",
                ScratchCheckout::baseline(R"(["/bin/sleep", "60"])"));
  scratch.write("workloads/json/silent.py", "");
  scratch.plan("p", 1, R"("reference@only", "silent@only")");
  load::Stop stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    stop.request();
  });
  const auto began = std::chrono::steady_clock::now();
  const auto made = run_plan(scratch, stop);
  stopper.join();
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_FALSE(made->result.complete);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(15));
}

TEST(Run, RefusesAPlanOfWhichNothingCanRun) {
  const ScratchCheckout scratch;
  scratch.write("baselines/absent/baseline.toml",
                ScratchCheckout::baseline(R"(["{python}"])", "free-threaded"));
  scratch.plan("p", 1, R"("reference@only", "absent@only")");
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline(R"(["{python}"])", "free-threaded"));
  const auto made = run_plan(scratch);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().what().rfind("no baseline of plan p can run on this host", 0), 0U);
}

}  // namespace
}  // namespace assay::lab
