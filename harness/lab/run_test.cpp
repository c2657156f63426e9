#include "harness/lab/run.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/lab/command.h"
#include "harness/lab/file_text.h"
#include "harness/lab/journal.h"
#include "harness/lab/load_job.h"
#include "harness/lab/result_file.h"
#include "harness/lab/run_text.h"
#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

// Runs plan `p` of the scratch checkout, with progress into a file that is thrown away.
Result<Run> run_plan(const ScratchCheckout& scratch, const load::Stop& stop = {},
                     bool resume = false, bool has_gates = false) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> nowhere(std::tmpfile(), close);
  RunOptions options;
  options.plan = "p";
  options.resume = resume;
  options.has_gates = has_gates;
  return run(scratch.checkout(), options, stop, nowhere.get());
}

std::size_t lines_in(const std::filesystem::path& path) {
  std::ifstream file(path);
  return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
}

// As a run is that was killed: without a result, and with those trials that `had` changes or leaves
// as they are, and says that it had.
void cut_off(const std::filesystem::path& folder, const std::function<bool(Trial&)>& had) {
  std::filesystem::remove(folder / "result.json");
  auto trials = Journal::read(folder / "journal.ndjson");
  ASSERT_TRUE(trials) << trials.error().what();
  std::filesystem::remove(folder / "journal.ndjson");
  auto journal = Journal::open(folder / "journal.ndjson");
  ASSERT_TRUE(journal) << journal.error().what();
  for (Trial& trial : *trials) {
    if (!had(trial)) continue;
    ASSERT_TRUE(journal->append(trial));
  }
}

std::size_t client_threads(Client client, unsigned connections, std::size_t client_cores) {
  Workload workload;
  workload.parts.resize(1);
  workload.parts.front().reply.statuses = {200};
  const Baseline baseline;
  Load load;
  load.client = client;
  load.connections = connections;
  Measuring how;
  how.client_cores = client_cores;
  return job_of({&workload, &baseline, &load}, how, 8000, {FirstReply{}}).threads;
}

TEST(LoadJob, HasAThreadForEachCoreOfTheClientsOwn) {
  EXPECT_EQ(client_threads(Client::native, 64, 5), 5U);
  EXPECT_EQ(client_threads(Client::native, 3, 5), 3U) << "each needs a connection";
  EXPECT_EQ(client_threads(Client::native, 64, 0), 1U) << "more would take the server's cores";
}

TEST(LoadJob, AsOhaHasTheThreadsThatOhaWouldHave) {
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  EXPECT_EQ(client_threads(Client::oha, 1000, cores + 1), cores);
}

TEST(Run, MeasuresEveryCellInEveryBlockAndKeepsIt) {
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

// A server that gives the right reply and says `facts` of itself on /__assay__.
void write_talking_server(const ScratchCheckout& scratch, const std::string& facts) {
  scratch.write("baselines/talker/serve.py",
                R"(import http.server, pathlib, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ')" + facts +
                    R"('.encode()
        if self.path == "/json":
            body = pathlib.Path("../../workloads/json/reply.json").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(f"listening on http://127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
server.serve_forever()
)");
  scratch.write(
      "baselines/talker/baseline.toml",
      ScratchCheckout::baseline(R"(["/usr/bin/env", "python3", "serve.py"])", "free-threaded"));
  scratch.write(".venv/talker.json", R"({"program": "/bin/sh"})");
  scratch.write("workloads/json/talker.py", "");
  scratch.plan("p", 1, R"("reference@only", "talker@only")");
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

TEST(Run, GoesOnWhereItWasCutOffWithEachTrialOnce) {
  const ScratchCheckout scratch;
  scratch.plan("p", 12, R"("reference@only")");
  load::Stop stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    stop.request();
  });
  const auto cut = run_plan(scratch, stop);
  stopper.join();
  ASSERT_TRUE(cut) << cut.error().what();
  ASSERT_FALSE(cut->result.complete);
  const auto whole = run_plan(scratch, {}, true);
  ASSERT_TRUE(whole) << whole.error().what();
  EXPECT_EQ(whole->folder, cut->folder);
  EXPECT_TRUE(whole->result.complete);
  EXPECT_EQ(whole->result.started, cut->result.started);
  ASSERT_EQ(whole->result.trials.size(), 12U);
  std::set<int> blocks;
  for (const Trial& trial : whole->result.trials) blocks.insert(trial.block);
  EXPECT_EQ(blocks.size(), 12U);
  const auto& first = cut->result.trials;
  EXPECT_TRUE(std::equal(first.begin(), first.end(), whole->result.trials.begin(),
                         [](const Trial& a, const Trial& b) { return a.started == b.started; }));
}

TEST(Run, ThatGoesOnStillEndsAsItsPlanSays) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  const auto path = scratch.folder() / "harness/plans/p.toml";
  std::ifstream file(path);
  const std::string rest(std::istreambuf_iterator<char>(file), {});
  std::ofstream(path) << "most_blocks = 3\n" << rest;
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  EXPECT_EQ(whole->result.blocks_done, 3) << "no interval of three blocks is narrow";
  std::filesystem::remove(whole->folder / "result.json");
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.blocks_done, 3);
  EXPECT_EQ(resumed->result.trials.size(), 3U);
}

// The first of two trials began long before the second, longer than the plan's time.
TEST(Run, ThatGoesOnHasNoMoreTimeThanItWouldHaveHad) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1000, R"("reference@only")");
  const auto path = scratch.folder() / "harness/plans/p.toml";
  std::ifstream file(path);
  const std::string rest(std::istreambuf_iterator<char>(file), {});
  std::ofstream(path) << "budget_min = 0.03\n" << rest;
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](Trial& trial) { return trial.block == 0; });
  Trial second = whole->result.trials.front();
  second.block = 1;
  second.started = "2100-01-01T00:00:00Z";
  auto journal = Journal::open(whole->folder / "journal.ndjson");
  ASSERT_TRUE(journal && journal->append(second));
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.ended_by, "time");
  EXPECT_EQ(resumed->result.trials.size(), 2U);
}

TEST(Run, GoesOnWithNothingThatHasEndedOrBeganOtherwise) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "no run of plan p was cut off on this host");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "no run of plan p was cut off on this host");
  std::filesystem::remove(made->folder / "result.json");
  const auto added = scratch.folder() / "workloads/json/added.py";
  std::ofstream(added) << "changed = True\n";
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "workloads/json is not what the run of plan p that was cut off began with");
  std::filesystem::remove(added);
  scratch.plan("p", 2, R"("reference@only")");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "the plan is not what the run of plan p that was cut off began with");
}

// Killed after its last trial, before it had summed up.
TEST(Run, ThatGoesOnWithNothingLeftToMeasureStillKnowsWhoAnswered) {
  const ScratchCheckout scratch;
  write_talking_server(scratch, R"({"baseline":"talker","python":"3.13.5","gil":false,)"
                                R"("packages":{"karak":"0.1.0"}})");
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](const Trial&) { return true; });
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.trials.size(), whole->result.trials.size());
  const BaselineRecord& talker = resumed->result.baselines.at(1);
  EXPECT_EQ(talker.runtime, "CPython 3.13.5");
  EXPECT_EQ(talker.gil, false);
  EXPECT_EQ(talker.packages, (std::map<std::string, std::string>{{"karak", "0.1.0"}}));
}

TEST(Run, ThatGoesOnTakesNoFigureOfAProgramThatWasBuiltAnewMeanwhile) {
  const ScratchCheckout scratch;
  const auto program = scratch.folder() / "built";
  const auto build = [&](const std::string& remark) {
    scratch.write("built", "#!/bin/sh\nexec " ASSAY_SERVER " \"$@\"  # " + remark + "\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  };
  build("first");
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline("[\"" + program.string() + R"(", "--port", "{port}"])"));
  scratch.plan("p", 2, R"("reference@only")");
  const auto whole = run_plan(scratch, {}, false, true);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](const Trial& trial) { return trial.block == 0; });
  build("second");
  const auto resumed = run_plan(scratch, {}, true, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  const Trial& last = resumed->result.trials.back();
  EXPECT_EQ(last.block, 1);
  EXPECT_EQ(std::count(last.reasons.begin(), last.reasons.end(),
                       "the server's program is not the one that this run began with"),
            1);
}

TEST(Run, GoesOnWithNothingThatHasLostASourceOrGotOne) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  scratch.write("baselines/shared.py", "");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  cut_off(made->folder, [](const Trial&) { return true; });
  scratch.write("baselines/new.py", "");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "baselines/new.py is not what the run of plan p that was cut off began with");
  std::filesystem::remove(scratch.folder() / "baselines/new.py");
  std::filesystem::remove(scratch.folder() / "baselines/shared.py");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "baselines/shared.py is not what the run of plan p that was cut off began with");
}

TEST(Run, ThatGoesOnDoesSoAsItBeganAndIsToldNothingElse) {
  for (const char* other : {"--workload json", "--blocks 3", "--seed 2"}) {
    CLI::App app;
    int exit_status = 0;
    add_commands(app, exit_status, {});
    EXPECT_THROW(app.parse(std::string("run p --resume ") + other), CLI::ExcludesError) << other;
    EXPECT_THROW(app.parse(std::string("run p ") + other + " --resume"), CLI::ExcludesError)
        << other;
  }
}

// The plan `p` with these lines, such as loads, after its own.
void plan_with(const ScratchCheckout& scratch, const std::string& lines, int blocks = 1) {
  scratch.plan("p", blocks, R"("reference@only")");
  std::ofstream(scratch.folder() / "harness/plans/p.toml", std::ios::app) << lines;
}

const CellRecord& cell_under(const RunResult& result, const std::string& load) {
  return *std::find_if(result.cells.begin(), result.cells.end(),
                       [&](const CellRecord& cell) { return cell.load == load; });
}

TEST(Run, AsksForAShareOfWhatTheSameServerReached) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "tenth"
title = "T"
connections = 2
share = 0.1
of = "two"
[[loads]]
name = "fixed"
title = "T"
connections = 2
rate = 500
arrivals = "constant"
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const CellRecord& whole = cell_under(made->result, "two");
  const CellRecord& tenth = cell_under(made->result, "tenth");
  ASSERT_TRUE(whole.rate && tenth.asked_rate) << tenth.missing;
  EXPECT_NEAR(*tenth.asked_rate, whole.rate->median / 10, whole.rate->median / 1e6);
  EXPECT_EQ(cell_under(made->result, "fixed").asked_rate, 500.0);
}

TEST(Run, SaysOfALoadWhoseCoresThisHostLacksThatItDoes) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "one"
title = "T"
connections = 2
server_cores = 1
[[loads]]
name = "many"
title = "T"
connections = 2
server_cores = 4096
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_TRUE(cell_under(made->result, "two").rate);
  EXPECT_TRUE(cell_under(made->result, "one").rate) << cell_under(made->result, "one").missing;
  const std::string& missing = cell_under(made->result, "many").missing;
  EXPECT_EQ(missing.rfind("it gives the server 4096 cores, and this host has ", 0), 0U) << missing;
}

TEST(Run, LetsServersHaveMoreFilesOpenThanItsUserDoesAndSaysWhatThatWas) {
  const ScratchCheckout scratch;
  const auto program = scratch.folder() / "server";
  scratch.write("server", "#!/bin/sh\nulimit -n > " + (scratch.folder() / "limit").string() +
                              "\nexec " ASSAY_SERVER " \"$@\"\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline("[\"" + program.string() + R"(", "--port", "{port}"])"));
  scratch.plan("p", 1, R"("reference@only")");
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  const rlimit few{250, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  const auto made = run_plan(scratch);
  setrlimit(RLIMIT_NOFILE, &usual);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(made->result.host.settings.at("open files"), "250");
  int limit = 0;
  std::ifstream(scratch.folder() / "limit") >> limit;
  EXPECT_GT(limit, 250);
}

// Lets this process have so few for good.
std::string reason_of_a_large_load() {
  const ScratchCheckout scratch;
  plan_with(scratch,
            "[[loads]]\nname = \"large\"\ntitle = \"T\"\nconnections = 1000\n"
            "[[loads]]\nname = \"larger\"\ntitle = \"T\"\nconnections = 2000\n",
            4);
  const rlimit few{250, 250};
  if (setrlimit(RLIMIT_NOFILE, &few) != 0) return strerror(errno);
  const auto made = run_plan(scratch);
  if (!made) return made.error().what();
  // However often those two are refused, one after the other, the third goes on.
  const CellRecord& possible = cell_under(made->result, "two");
  if (possible.valid != 4) return fmt::format("{} trials {}", possible.valid, possible.missing);
  return cell_under(made->result, "large").missing;
}

TEST(Run, SaysOfALoadThatNeedsMoreOpenFilesThanThisHostAllowsThatItDoes) {
  const auto tell = [] {
    fmt::print(stderr, "{}", reason_of_a_large_load());
    std::_Exit(0);
  };
  EXPECT_EXIT(tell(), testing::ExitedWithCode(0),
              "it needs 1128 open files, and this host allows 250");
}

TEST(Run, GoesOnWithTheOtherLoadsOfAServerWhereAClientFails) {
  const ScratchCheckout scratch;
  scratch.write("harness/clients/urllib_pool.py", "raise SystemExit('out of luck')");
  std::string loads;
  for (const std::string name : {"first", "second"}) {
    loads += "[[loads]]\nname = \"" + name +
             "\"\ntitle = \"T\"\nclient = \"urllib-pool\"\nrequests = 5\nconnections = 1\n"
             "keep_alive = false\n";
  }
  plan_with(scratch, loads, 3);
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(cell_under(made->result, "two").valid, 3);
  EXPECT_EQ(cell_under(made->result, "first").missing,
            "the client urllib-pool ended with status 1; it said: out of luck");
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

TEST(Run, LooksForTheHighestRateThatKeepsALimit) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "easy"
title = "T"
connections = 4
p99_limit_ms = 2000.0
[[loads]]
name = "hopeless"
title = "T"
connections = 4
p99_limit_ms = 0.000001
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const CellRecord& easy = cell_under(made->result, "easy");
  ASSERT_TRUE(easy.rate) << easy.missing;
  EXPECT_GT(easy.rate->median, 0);
  EXPECT_EQ(cell_under(made->result, "hopeless").missing,
            "no rate that was tried keeps its p99 under 1e-06 ms");
}

TEST(Run, EndsWithinItsBudgetAndSaysSo) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1000, R"("reference@only")");
  const auto path = scratch.folder() / "harness/plans/p.toml";
  std::ifstream file(path);
  const std::string rest(std::istreambuf_iterator<char>(file), {});
  std::ofstream(path) << "budget_min = 0.01\n" << rest;
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
