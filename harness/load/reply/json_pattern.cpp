#include "harness/load/reply/json_pattern.h"

#include <cctype>
#include <stdexcept>

#include "server/model/rules.h"

namespace assay::load {
namespace {

// What ECMA-262 takes for white space and for the ends of lines; RE2 has ASCII's alone.
constexpr std::string_view spaces =
    R"(\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view line_ends = R"(\n\r\x{2028}\x{2029})";
// What has the same meaning to both behind a backslash: kinds of characters, controls, marks.
constexpr std::string_view same_escapes = R"(dDwWtnrfv^$\.*+?()[]{}|/-)";

class Translation {
 public:
  explicit Translation(std::string_view pattern) : rest_(pattern) {}

  std::optional<std::string> run() {
    while (!rest_.empty() && is_good_) {
      const char c = take();
      if (c == '\\') {
        escape(false);
      } else if (c == '[') {
        characters();
      } else if (c == '(') {
        group();
      } else if (c == '.') {
        put("[^", line_ends, "]");
      } else {
        out_ += c;
      }
    }
    if (!is_good_) return std::nullopt;
    return std::move(out_);
  }

 private:
  char take() {
    if (rest_.empty()) {
      is_good_ = false;
      return ' ';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool take(std::string_view text) {
    if (rest_.substr(0, text.size()) != text) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  void refuse() { is_good_ = false; }
  template <class... Parts>
  void put(const Parts&... parts) {
    (out_.append(parts), ...);
  }

  void group() {
    out_ += '(';
    if (take("?:")) {
      out_ += "?:";
    } else if (!rest_.empty() && rest_.front() == '?') {
      refuse();  // looks around, has a name, or sets RE2's flags
    }
  }

  void escape(bool is_in_class) {
    const char c = take();
    const bool is_edge = (c == 'b' || c == 'B') && !is_in_class;
    if (is_edge || same_escapes.find(c) != std::string_view::npos) {
      out_ += {'\\', c};
      return;
    }
    switch (c) {
      case 's': return is_in_class ? put(spaces) : put("[", spaces, "]");
      case 'S': return is_in_class ? refuse() : put("[^", spaces, "]");
      case 'x': return code(2);
      case 'u': return code(4);
      default: return refuse();
    }
  }

  void code(std::size_t digits) {
    const std::string_view hex = rest_.substr(0, digits);
    for (const char c : hex) {
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) is_good_ = false;
    }
    // Half of a pair of UTF-16 is no character here.
    const bool is_surrogate = digits == 4 && (hex.substr(0, 1) == "d" || hex.substr(0, 1) == "D") &&
                              hex.substr(1, 1) >= "8";
    if (hex.size() != digits || is_surrogate) is_good_ = false;
    put("\\x{", hex, "}");
    rest_.remove_prefix(hex.size());
  }

  // A bracket inside opens no class of POSIX's, and one that closes at once is an empty class.
  void characters() {
    out_ += '[';
    if (take("^")) out_ += '^';
    if (!rest_.empty() && rest_.front() == ']') is_good_ = false;
    while (is_good_) {
      const char c = take();
      if (c == ']') break;
      if (c == '\\') {
        escape(true);
      } else if (c == '[') {
        out_ += "\\[";
      } else {
        out_ += c;
      }
    }
    out_ += ']';
  }

  std::string_view rest_;
  std::string out_;
  bool is_good_ = true;
};

}  // namespace

std::optional<std::string> re2_expression(std::string_view pattern) {
  std::optional<std::string> expression = Translation(pattern).run();
  if (!expression) return std::nullopt;
  try {
    model::matches(*expression, "");
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
  return expression;
}

}  // namespace assay::load
