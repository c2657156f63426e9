#include "harness/lab/trial/verification.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

// A server in Python's standard library that answers as each test wants: `answer(path, body, hits)`
// returns status, type and text; `hits` counts the requests since it started, `kept` is a file that
// outlives it.
constexpr auto server_text = R"(
import http.server, sys, threading
hits, kept, one_at_a_time = [0], sys.argv[1], threading.Lock()
def answer(path, body, hits, kept):
%ANSWER%
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0))).decode()
        with one_at_a_time:
            if self.path != '/__assay__': hits[0] += 1
            status, kind, text = answer(self.path, body, hits[0], kept)
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())
    do_POST = do_GET
    def log_message(self, *arguments): pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
server = Server(('127.0.0.1', 0), Handler)
print(f'listening on http://127.0.0.1:{server.server_port}', file=sys.stderr, flush=True)
server.serve_forever()
)";

// A checkout with one workload, `x`, and one baseline, `fake`, that answers by `answer`.
class Lab {
 public:
  Lab(const std::string& workload, const std::string& answer,
      const std::string& variant_keys = "") {
    std::string text = server_text;
    text.replace(text.find("%ANSWER%"), 8, "    " + answer);
    scratch_.write("baselines/fake/server.py", text);
    const std::string kept = (scratch_.folder() / "kept").string();
    scratch_.write("baselines/fake/baseline.toml",
                   ScratchCheckout::baseline(R"(["/usr/bin/env", "python3", "server.py", ")" +
                                             kept + R"("])") +
                       variant_keys);
    scratch_.write("workloads/x/workload.toml",
                   "title = \"T\"\nmeasures = \"M\"\nused_by = []\n" + workload);
    scratch_.write("workloads/x/fake.py", "");
  }
  Verification verification() const {
    const auto workloads = read_workloads(scratch_.folder() / "workloads" / "x");
    const auto baselines = all_baselines(scratch_.folder());
    if (!workloads || !baselines) {
      return {(workloads ? baselines.error() : workloads.error()).what(), {}};
    }
    std::vector<const Workload*> all;
    for (const Workload& workload : *workloads) all.push_back(&workload);
    VerificationSettings settings;
    settings.log = scratch_.folder() / "log";
    return verify(baselines->front(), all, settings, load::Stop{});
  }
  Verified only() const {
    const Verification all = verification();
    if (all.workloads.size() == 1) return all.workloads.front();
    return {"", Answer::wrong, "not asked: " + all.reason};
  }

 private:
  ScratchCheckout scratch_;
};

constexpr auto plain =
    "request = { method = \"GET\", path = \"/x\" }\n"
    "reply = { status = 200, type = \"text/plain\", text = \"yes\" }\n";
constexpr auto numbered =
    "request = { method = \"GET\", path = \"/x/{random:1:100000}\" }\n"
    "reply = { status = 200, type = \"text/plain\", text = \"{1}\" }\n";

TEST(Verification, FindsAServerRightThatAnswersAsItShould) {
  const Lab lab(numbered, "return 200, 'text/plain', path.rpartition('/')[2]");
  EXPECT_EQ(lab.only().words, "");
  EXPECT_EQ(lab.only().answer, Answer::right);
}

TEST(Verification, FindsAReplyThatWasKeptFromTheFirstRequest) {
  const Lab lab(numbered,
                "first = globals().setdefault('kept_reply', path.rpartition('/')[2]) "
                "if path != '/__assay__' else ''; return 200, 'text/plain', first");
  const Verified verified = lab.only();
  EXPECT_EQ(verified.answer, Answer::wrong);
  EXPECT_NE(verified.words.find("one of 100 requests, 16 at a time: GET /x/"), std::string::npos)
      << verified.words;
}

TEST(Verification, FindsTheOneReplyOfAHundredThatIsWrong) {
  const Lab lab(plain, "return 200, 'text/plain', 'no' if hits == 60 else 'yes'");
  EXPECT_NE(lab.only().words.find("[no] for [yes]"), std::string::npos) << lab.only().words;
}

TEST(Verification, FindsAStateThatOutlivesTheServer) {
  const std::string counter =
      "n = int(open(kept).read() or 0) if __import__('os').path.exists(kept) else 0; "
      "open(kept, 'w').write(str(n + 1)); return 200, 'text/plain', str(n)";
  const std::string text =
      "state = \"a counter\"\n"
      "request = { method = \"GET\", path = \"/x\" }\n"
      "reply = { status = 200, type = \"text/plain\", text = \"{digits}\" }\n";
  const Lab lab(text, counter);
  EXPECT_NE(lab.only().words.find("its state outlives a restart"), std::string::npos)
      << lab.only().words;
}

TEST(Verification, FindsAServerThatCountsNothing) {
  const std::string text =
      "state = \"a counter\"\n"
      "request = { method = \"POST\", path = \"/up\" }\n"
      "reply = { status = 200, type = \"text/plain\", text = \"up\" }\n"
      "counted = { path = \"/n\", text = \"n={digits}\" }\n";
  const Lab still(text, "return 200, 'text/plain', 'n=0' if path == '/n' else 'up'");
  EXPECT_EQ(still.only().words, "after 100 requests its count has gone from 0 to 0");
  // One request is asked before the hundred, and one more of each is a beginning.
  const Lab counting(text,
                     "globals().update(n=globals().get('n', 0) + (path == '/up')); "
                     "return 200, 'text/plain', f'n={n}' if path == '/n' else 'up'");
  EXPECT_EQ(counting.only().words, "");
}

TEST(Verification, ConfirmsAFindingAndMissesOneThatIsGone) {
  const std::string finding =
      "finding = { workload = \"x\", status = 500, says = \"not serializable\" }\n";
  const Lab wrong(plain, "return 500, 'text/plain', 'it is not serializable'", finding);
  EXPECT_EQ(wrong.only().answer, Answer::known_wrong) << wrong.only().words;
  const Lab right(plain, "return 200, 'text/plain', 'yes'", finding);
  EXPECT_EQ(right.only().answer, Answer::not_wrong) << right.only().words;
  const Lab other(plain, "return 500, 'text/plain', 'out of memory'", finding);
  EXPECT_EQ(other.only().answer, Answer::wrong) << other.only().words;
}

TEST(Verification, ConfirmsAFindingThatShowsOnlyInACrowd) {
  const std::string finding = "finding = { workload = \"x\", status = 500, says = \"oh\" }\n";
  const Lab lab(plain,
                "return (500, 'text/plain', 'oh') if hits > 9 else (200, 'text/plain', 'yes')",
                finding);
  EXPECT_EQ(lab.only().answer, Answer::sometimes_wrong) << lab.only().words;
  EXPECT_NE(lab.only().words.find("one of 100 requests, 16 at a time"), std::string::npos);
}

TEST(Verification, AsksInTheOrderOfTheFileSoThatWhatIsTakenAwayIsLookedUpBefore) {
  const Lab lab(R"(
[variants.look]
title = "L"
request = { method = "GET", path = "/look" }
reply = { status = 200, type = "text/plain", text = "there" }
[variants.delete]
title = "D"
request = { method = "GET", path = "/delete" }
reply = { status = 200, type = "text/plain", text = "gone" }
)",
                "globals().update(gone=globals().get('gone') or path == '/delete'); "
                "return 200, 'text/plain', 'gone' if gone else 'there'");
  for (const Verified& verified : lab.verification().workloads) {
    EXPECT_EQ(verified.answer, Answer::right) << verified.workload << verified.words;
  }
}

TEST(Verification, DoesNotAskForWhatAVariantLacks) {
  const Lab lab(plain, "return 500, 'text/plain', ''", "lacks = { x = \"it cannot\" }\n");
  EXPECT_EQ(lab.verification().reason, "");
  EXPECT_TRUE(lab.verification().workloads.empty());
}

TEST(Verification, SaysWhatAServerThatEndsHasSaidLast) {
  const Lab lab(plain, "syntax error");
  EXPECT_NE(lab.verification().reason.find("it said last: SyntaxError"), std::string::npos)
      << lab.verification().reason;
}

}  // namespace
}  // namespace assay::lab
