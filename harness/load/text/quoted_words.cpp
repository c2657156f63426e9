#include "harness/load/text/quoted_words.h"

#include <algorithm>

namespace assay::load {
namespace {

constexpr std::string_view spaces = " \t\r";

// What stands behind a backslash, as the byte that is meant; 0: it means nothing.
char escaped(char letter) {
  constexpr std::string_view letters = "nrt\"\\";
  constexpr std::string_view bytes = "\n\r\t\"\\";
  const std::size_t place = letters.find(letter);
  return place == std::string_view::npos ? '\0' : bytes[place];
}

// Takes the quoted part that `rest` begins with. False: it is not closed.
bool take_quoted(std::string_view& rest, std::string& word) {
  const char quote = rest.front();
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != quote) {
    char byte = rest.front();
    const char meant = quote == '"' && byte == '\\' && rest.size() > 1 ? escaped(rest[1]) : '\0';
    if (meant != '\0') {
      byte = meant;
      rest.remove_prefix(1);
    }
    word += byte;
    rest.remove_prefix(1);
  }
  if (rest.empty()) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<std::vector<std::string>> quoted_words(std::string_view line) {
  std::vector<std::string> words;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(spaces), line.size()));
    if (line.empty()) return words;
    std::string& word = words.emplace_back();
    while (!line.empty() && spaces.find(line.front()) == std::string_view::npos) {
      if (line.front() == '\'' || line.front() == '"') {
        if (!take_quoted(line, word)) return std::nullopt;
        continue;
      }
      word += line.front();
      line.remove_prefix(1);
    }
  }
}

}  // namespace assay::load
