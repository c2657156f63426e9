#include "harness/cost/contender.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::cost {

std::vector<std::string> words_of(std::string_view command) {
  std::istringstream text{std::string(command)};
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

bool replace_in(std::vector<std::string>& words, std::string_view name, std::string_view value) {
  const std::string place = fmt::format("{{{}}}", name);
  bool is_replaced = false;
  for (std::string& word : words) {
    for (auto at = word.find(place); at != word.npos; at = word.find(place, at + value.size())) {
      word.replace(at, place.size(), value);
      is_replaced = true;
    }
  }
  return is_replaced;
}

load::Request with_key(const Question& question, std::size_t key) {
  load::Request request = question.request;
  std::vector<std::string> target = {request.target};
  replace_in(target, "key", fmt::format("{:05}", key));
  request.target = target.front();
  return request;
}

Result<Contender> contender_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  Contender contender;
  contender.name = text.substr(0, equals);
  if (equals != text.npos) contender.command = words_of(text.substr(equals + 1));
  if (contender.name.empty() || contender.command.empty()) {
    return CostError::wrong_option("--server", text,
                                   "give a name and a command: --server 'mine=./mine --port 0'");
  }
  return contender;
}

}  // namespace assay::cost
