// Runs the protocol cases of server/wire/cases: text in, the replies in order out; each whole, cut
// at every byte, byte by byte, and pipelined behind a good request. cases/README.md has the form.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/connection.h"

namespace assay::wire {
namespace {

struct WireCase {
  std::string title;
  std::string input;
  std::vector<std::string> expected;  // "200 keep-alive GET /path body", "400 close"
};

void PrintTo(const WireCase& wire_case, std::ostream* out) { *out << wire_case.title; }

// Answers with what it was asked, so that a case can say what must have been understood.
class Echo final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    reply.body().append(request.head.method_name).append(" ").append(request.head.target);
    if (!request.body.empty()) reply.body().append(" ").append(request.body);
    reply.send_body(200, "text/plain");
  }
};

// One line for each reply in `output`: status, what happens to the connection, and a 200's body.
std::vector<std::string> reply_lines(std::string_view output) {
  std::vector<std::string> lines;
  while (!output.empty()) {
    const std::size_t head_end = output.find("\r\n\r\n") + 4;
    const std::string_view head = output.substr(0, head_end);
    const std::size_t length_at = head.find("Content-Length: ") + 16;
    const std::size_t length = std::stoul(std::string(head.substr(length_at)));
    const bool close = head.find("Connection: close") != head.npos;
    std::string line = std::string(head.substr(9, 3)) + (close ? " close" : " keep-alive");
    if (head.substr(9, 3) == "200") line += " " + std::string(output.substr(head_end, length));
    lines.push_back(line);
    output.remove_prefix(head_end + length);
  }
  return lines;
}

std::vector<std::string> replies(const std::vector<std::string>& pieces) {
  const Limits limits;
  const std::string no_date;
  Echo echo;
  Connection connection(limits, no_date, echo);
  std::string output;
  for (const std::string& piece : pieces) {
    connection.receive(piece);
    while (connection.needs() == Connection::Needs::write) {
      output += connection.output();
      connection.wrote(connection.output().size());
    }
  }
  return reply_lines(output);
}

std::vector<std::string> single_bytes(const std::string& input) {
  std::vector<std::string> pieces;
  for (const char c : input) pieces.emplace_back(1, c);
  return pieces;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    switch (text.at(++i)) {
      case 'r': out += '\r'; break;
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'x':
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
        break;
      default: out += text[i];
    }
  }
  return out;
}

void read_line(const std::string& line, std::vector<WireCase>& cases) {
  const auto starts = [&](std::string_view prefix) { return line.rfind(prefix, 0) == 0; };
  if (starts("case: ")) cases.push_back({line.substr(6), {}, {}});
  if (starts(">|")) {
    cases.back().input += unescaped(line.substr(2));
  } else if (starts(">")) {
    cases.back().input += unescaped(line.size() > 2 ? line.substr(2) : "") + "\r\n";
  }
  if (starts("< ")) cases.back().expected.push_back(line.substr(2));
}

std::vector<WireCase> all_cases() {
  std::vector<WireCase> cases;
  for (const auto& entry : std::filesystem::directory_iterator("server/wire/cases")) {
    if (entry.path().extension() != ".case") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) read_line(line, cases);
  }
  return cases;
}

// The case's title as a test name: letters and digits only.
std::string name_of(const testing::TestParamInfo<WireCase>& info) {
  std::string name = info.param.title;
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name + "_" + std::to_string(info.index);
}

class WireCases : public testing::TestWithParam<WireCase> {};

TEST_P(WireCases, AnswersTheSameHoweverTheBytesArrive) {
  const auto& [title, input, expected] = GetParam();
  const std::string hello = "GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n";
  std::vector<std::string> after_hello = {"200 keep-alive GET /hello"};
  after_hello.insert(after_hello.end(), expected.begin(), expected.end());

  EXPECT_EQ(replies({input}), expected) << title << ": whole";
  EXPECT_EQ(replies(single_bytes(input)), expected) << title << ": byte by byte";
  EXPECT_EQ(replies({hello + input}), after_hello) << title << ": pipelined";
  for (std::size_t cut = 1; cut < input.size(); ++cut) {
    EXPECT_EQ(replies({input.substr(0, cut), input.substr(cut)}), expected) << title << " @" << cut;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, WireCases, testing::ValuesIn(all_cases()), name_of);

TEST(WireCaseFiles, AreThere) { EXPECT_GE(all_cases().size(), 25U); }

}  // namespace
}  // namespace assay::wire
