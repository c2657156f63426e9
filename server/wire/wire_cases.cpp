#include "server/wire/wire_cases.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "server/wire/case_bodies.h"
#include "server/wire/reply_text.h"

namespace assay::wire {
namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (at != end || error != std::errc()) throw std::invalid_argument("no number");
  return value;
}

std::string unescaped(std::string_view text);

// "a*3}..." is "aaa", and `used` is how much of the text that was.
std::string repeated(std::string_view text, std::size_t& used) {
  const std::size_t end = text.find('}');
  const std::size_t star = text.substr(0, end).rfind('*');
  if (end == text.npos || star == text.npos) throw std::invalid_argument("no \\{text*times}");
  const std::string once = unescaped(text.substr(0, star));
  std::string all;
  for (std::uint64_t i = number(text.substr(star + 1, end - star - 1)); i > 0; --i) all += once;
  used = end + 1;
  return all;
}

// What stands after a backslash at the start of `text`.
std::string escape(std::string_view text, std::size_t& used) {
  used = 1;
  switch (text.empty() ? '\0' : text.front()) {
    case 'r': return "\r";
    case 'n': return "\n";
    case 't': return "\t";
    case '\\': return "\\";
    case 'x': {
      unsigned byte = 0;
      const std::string_view digits = text.substr(1, 2);
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
      if (digits.size() < 2 || read.ptr != digits.data() + 2) break;
      used = 3;
      return {static_cast<char>(byte)};
    }
    case '{': {
      std::string all = repeated(text.substr(1), used);
      ++used;
      return all;
    }
    default: break;
  }
  throw std::invalid_argument("no such escape");
}

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t used = 1;
    if (text.front() == '\\') {
      out += escape(text.substr(1), used);
      ++used;
    } else {
      out += text.front();
    }
    text.remove_prefix(used);
  }
  return out;
}

// "fields=3 keep_alive=false", in the names of Limits.
void set_limit(std::string_view text, Limits& limits) {
  const std::size_t sign = text.find('=');
  if (sign == text.npos) throw std::invalid_argument("no limit=value");
  const std::string_view name = text.substr(0, sign);
  const std::string_view value = text.substr(sign + 1);
  if (name == "keep_alive" && value == "false") {
    limits.keep_alive = false;
  } else if (name == "split_write" && value == "true") {
    limits.split_write = true;
  } else if (name == "secure" && value == "true") {
    limits.secure = true;
  } else if (name == "body_bytes") {
    limits.body_bytes = number(value);
  } else if (name == "requests") {
    limits.requests = number(value);
  } else {
    const std::map<std::string_view, std::size_t*> sizes = {
        {"head_bytes", &limits.head_bytes},       {"fields", &limits.fields},
        {"target_bytes", &limits.target_bytes},   {"extension_bytes", &limits.extension_bytes},
        {"trailer_bytes", &limits.trailer_bytes}, {"output_bytes", &limits.output_bytes}};
    if (!sizes.contains(name)) throw std::invalid_argument("no such limit");
    *sizes.at(name) = static_cast<std::size_t>(number(value));
  }
}

void set_limits(std::string_view text, Limits& limits) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    set_limit(text.substr(0, end), limits);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

ExpectedReply expected_reply(std::string_view text) {
  ExpectedReply reply;
  reply.to_head = text.starts_with("head ");
  if (reply.to_head) text.remove_prefix(5);
  reply.line = printable(unescaped(text));
  return reply;
}

bool is_interim(const ExpectedReply& reply) { return reply.line.starts_with("1"); }

// Builds the cases of one file, line after line.
class CaseReader {
 public:
  explicit CaseReader(std::string_view area) : area_(area) {}

  void read(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    if (line.starts_with("case: ")) return begin(line.substr(6));
    if (cases_.empty()) throw std::invalid_argument("a line before the first case");
    if (!read_setting(line) && !read_input(line) && !read_expectation(line)) {
      throw std::invalid_argument("no such line in a case");
    }
  }

  std::vector<WireCase> cases() && {
    check_last();
    return std::move(cases_);
  }

 private:
  void begin(std::string_view title) {
    check_last();
    WireCase& wire_case = cases_.emplace_back();
    wire_case.area = area_;
    wire_case.title = title;
  }

  bool read_setting(std::string_view line) {
    WireCase& last = cases_.back();
    if (line.starts_with("rule: ")) {
      last.rule = line.substr(6);
    } else if (line.starts_with("limits: ")) {
      set_limits(line.substr(8), last.limits);
    } else if (line.starts_with("date: ")) {
      last.date_field = "Date: " + std::string(line.substr(6)) + "\r\n";
    } else {
      return false;
    }
    return true;
  }

  bool read_input(std::string_view line) {
    std::string& input = cases_.back().input;
    if (line.starts_with(">|")) {
      input += unescaped(line.substr(2));
    } else if (line == ">" || line.starts_with("> ")) {
      input += unescaped(line.substr(std::min<std::size_t>(2, line.size()))) + "\r\n";
    } else {
      return false;
    }
    return true;
  }

  bool read_expectation(std::string_view line) {
    WireCase& last = cases_.back();
    if (line == "< waits") {
      last.waits = true;
    } else if (line.starts_with("< ")) {
      last.expected.push_back(expected_reply(line.substr(2)));
    } else if (line.starts_with("+ ") && !last.expected.empty()) {
      last.expected.back().present.emplace_back(line.substr(2));
    } else if (line.starts_with("- ") && !last.expected.empty()) {
      last.expected.back().absent.emplace_back(line.substr(2));
    } else {
      return false;
    }
    return true;
  }

  void check_last() const {
    if (cases_.empty()) return;
    const WireCase& last = cases_.back();
    if (last.rule.empty()) throw std::invalid_argument("no rule: " + last.title);
    if (last.waits) return;
    if (last.expected.empty()) throw std::invalid_argument("nothing expected: " + last.title);
    if (is_interim(last.expected.back())) {
      throw std::invalid_argument("no last word: " + last.title);
    }
  }

  std::string area_;
  std::vector<WireCase> cases_;
};

std::string indented(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n    " + line;
  return lines.empty() ? "\n    nothing" : text;
}

// How the fields of one reply differ from what is expected of them.
std::string difference_of_fields(const ExpectedReply& expected, const ReplyText& reply) {
  std::string text;
  for (const std::string& field : expected.present) {
    const std::size_t colon = field.find(": ");
    const std::string* value = reply.find(field.substr(0, colon));
    if (value != nullptr && *value == field.substr(std::min(colon + 2, field.size()))) continue;
    text += "\n  " + expected.line + " has no " + field;
    if (value != nullptr) text += ", but " + *value;
  }
  for (const std::string& name : expected.absent) {
    if (const std::string* value = reply.find(name)) {
      text.append("\n  ").append(expected.line).append(" has ").append(name).append(": ") += *value;
    }
  }
  return text;
}

const std::string& taken_by(const BodySink& sink) {
  return dynamic_cast<const Collected&>(sink).text();
}

void echo(const Request& request, ReplyWriter& reply) {
  reply.body().append(request.head.method_name).append(" ").append(request.head.target);
  if (!request.body.empty()) reply.body().append(" ").append(request.body);
  if (request.sink != nullptr) reply.body() += " sink " + taken_by(*request.sink);
  reply.send_body(200, "text/plain");
}

void stream(std::string_view name, std::uint64_t pieces, ReplyWriter& reply) {
  std::optional<std::uint64_t> length;
  if (name == "sized") length = Pieces::bytes(pieces);
  reply.stream(200, "text/plain", std::make_unique<Pieces>(pieces), length);
}

void late(std::string_view name, std::string_view rest, const Request& request,
          ReplyWriter& reply) {
  std::string text(request.head.method_name);
  text.append(" ").append(request.head.target);
  if (!request.body.empty()) text.append(" ").append(request.body);
  if (request.sink != nullptr) text += " sink " + taken_by(*request.sink);
  reply.add_field("X-Begun", "yes");
  const std::uint64_t pieces = name == "late-stream" ? number(rest) : 0;
  reply.later(std::make_unique<LateCase>(text, pieces, request.query == "now"));
}

// Each field of that name, or each of all, as it was understood.
void fields(std::string_view name, const Request& request, ReplyWriter& reply) {
  for (const HeaderField& field : request.head.fields()) {
    if (!name.empty() && !same_name(field.name, name)) continue;
    reply.body().append("[");
    if (name.empty()) reply.body().append(field.name).append(": ");
    reply.body().append(field.value).append("]");
  }
  reply.send_body(200, "text/plain");
}

void parts(const Request& request, ReplyWriter& reply) {
  reply.body().append("path=").append(request.path).append(" query=").append(request.query);
  reply.send_body(200, "text/plain");
}

// "/name/rest"
std::pair<std::string_view, std::string_view> parted(std::string_view path) {
  path.remove_prefix(std::min<std::size_t>(1, path.size()));
  const std::size_t slash = std::min(path.find('/'), path.size());
  return {path.substr(0, slash), path.substr(std::min(slash + 1, path.size()))};
}

// What would split the reply or frame it twice, each with what became of it.
void split(const Request& request, ReplyWriter& reply) {
  const auto answer = [&](std::string_view what, bool taken) {
    reply.body().append("[").append(what).append(taken ? " taken]" : " refused]");
  };
  answer("value", reply.add_field("X-Split", "a\r\nX-Injected: b"));
  answer("name", reply.add_field("X-Split: a\r\nX-Injected", "b"));
  answer("bare", reply.add_field("X-Split", "a\nX-Injected: b"));
  answer("length", reply.add_field("Content-Length", "0"));
  answer("coding", reply.add_field("transfer-encoding", "chunked"));
  answer("good", reply.add_field("X-Good", "yes"));
  reply.send_body(200, request.query == "type" ? "text/plain\r\nX-Injected: b" : "text/plain");
}

void twice(ReplyWriter& reply) {
  reply.send(200, "text/plain", "first");
  reply.send(404, "text/plain", "second");
}

void by_path(std::string_view name, std::string_view rest, const Request& request,
             ReplyWriter& reply) {
  if (name == "status") return reply.send(static_cast<int>(number(rest)), "text/plain", "body");
  if (name == "fields") return fields(rest, request, reply);
  if (name == "path") return parts(request, reply);
  if (name == "split") return split(request, reply);
  if (name == "twice") return twice(reply);
  if (name == "silent") return;
  if (name == "stream" || name == "sized") return stream(name, number(rest), reply);
  if (name.starts_with("late")) return late(name, rest, request, reply);
  if (name == "large") {
    reply.body().append(number(rest), 'x');
    return reply.send_body(200, "text/plain");
  }
  echo(request, reply);
}

}  // namespace

bool WireCase::ends_open() const {
  if (waits || expected.empty()) return true;
  const std::string_view line = expected.back().line;
  return line.find(" close") != line.find(' ');
}

std::vector<WireCase> parse_cases(std::string_view text, std::string_view area) {
  CaseReader reader(area);
  std::size_t line = 0;
  try {
    while (!text.empty()) {
      ++line;
      const std::size_t end = std::min(text.find('\n'), text.size());
      reader.read(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move(reader).cases();
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string(area) + ".case:" + std::to_string(line) + ": " +
                                error.what());
  }
}

std::vector<WireCase> all_wire_cases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator("server/wire/cases")) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<WireCase> all;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::vector<WireCase> cases = parse_cases(text, path.stem().string());
    std::move(cases.begin(), cases.end(), std::back_inserter(all));
  }
  return all;
}

std::string difference(const WireCase& wire_case, std::string_view output) {
  const std::vector<ExpectedReply>& expected = wire_case.expected;
  std::vector<bool> to_head;
  std::vector<std::string> wanted;
  for (const ExpectedReply& reply : expected) {
    to_head.push_back(reply.to_head);
    wanted.push_back(reply.line);
  }
  const std::vector<ReplyText> replies = read_replies(output, to_head);
  std::vector<std::string> got;
  for (std::size_t i = 0; i < replies.size(); ++i) {
    // What an error says in its body is for people; a case need not repeat it.
    const bool says_body =
        i < wanted.size() && std::count(wanted[i].begin(), wanted[i].end(), ' ') > 1;
    got.push_back(line_of(replies[i], replies[i].status < 400 || says_body));
  }
  if (got != wanted) return "\n  expected:" + indented(wanted) + "\n  got:" + indented(got);
  std::string text;
  for (std::size_t i = 0; i < replies.size(); ++i) {
    text += difference_of_fields(expected[i], replies[i]);
  }
  return text;
}

WireCase behind_a_good_request(WireCase wire_case) {
  wire_case.input.insert(0, "GET /before HTTP/1.1\r\nHost: assay\r\n\r\n");
  wire_case.expected.insert(wire_case.expected.begin(),
                            expected_reply("200 keep-alive GET /before"));
  if (wire_case.limits.requests > 0) ++wire_case.limits.requests;
  return wire_case;
}

WireCase before_a_good_request(WireCase wire_case) {
  const bool open = wire_case.ends_open();
  wire_case.input += "GET /after HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";
  if (open) wire_case.expected.push_back(expected_reply("200 close GET /after"));
  return wire_case;
}

void CaseHandler::answer(const Request& request, ReplyWriter& reply) {
  const auto [name, rest] = parted(request.path);
  by_path(name, rest, request, reply);
}

bool CaseHandler::wants_body(const Request& request) { return request.path != "/unwanted"; }

std::unique_ptr<BodySink> CaseHandler::sink(const Request& request) {
  const auto [name, rest] = parted(request.path);
  if (name != "sink" && name != "picky" && name != "late-sink") return nullptr;
  return std::make_unique<Collected>(number(rest), name == "picky");
}

}  // namespace assay::wire
