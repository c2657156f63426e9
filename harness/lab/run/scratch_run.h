// For tests: runs of a plan in a scratch checkout.
#pragma once
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "harness/lab/file_text.h"
#include "harness/lab/run/run.h"
#include "harness/lab/scratch_checkout.h"

namespace assay::lab {

// Runs plan `p` of the scratch checkout, with progress into a file that is thrown away.
inline Result<Run> run_as(const ScratchCheckout& scratch, RunOptions options,
                          const load::Stop& stop = {}) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> nowhere(std::tmpfile(), close);
  options.plan = "p";
  return run(scratch.checkout(), options, stop, nowhere.get());
}

inline Result<Run> run_plan(const ScratchCheckout& scratch, const load::Stop& stop = {},
                            bool resume = false, bool has_gates = false) {
  RunOptions options;
  options.resume = resume;
  options.has_gates = has_gates;
  return run_as(scratch, options, stop);
}

// The plan `p` with these lines, such as loads, after its own.
inline void plan_with(const ScratchCheckout& scratch, const std::string& lines, int blocks = 1) {
  scratch.plan("p", blocks, R"("reference@only")");
  std::ofstream(scratch.folder() / "harness/plans/p.toml", std::ios::app) << lines;
}

// Puts a line before the plan's own, such as a key that `plan` does not write.
inline void begin_plan_with(const ScratchCheckout& scratch, const std::string& line) {
  const auto path = scratch.folder() / "harness/plans/p.toml";
  const std::string rest = text_of(path).value_or("");
  std::ofstream(path) << line << '\n' << rest;
}

// A server that gives the right reply and says `facts` of itself on /__assay__.
inline void write_talking_server(const ScratchCheckout& scratch, const std::string& facts) {
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

}  // namespace assay::lab
