#include "harness/lab/plan/drawn_request.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::lab {
namespace {

using statistics::RandomStream;

constexpr std::string_view opening = "{random:";

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

// What "1:10000" of a placeholder draws; nothing where it is no such range, and stays as it is.
std::optional<std::uint64_t> number_from(std::string_view range, RandomStream& random) {
  const std::size_t colon = range.find(':');
  if (colon == range.npos) return std::nullopt;
  const auto least = whole_number(range.substr(0, colon));
  const auto most = whole_number(range.substr(colon + 1));
  if (!least || !most || *most < *least) return std::nullopt;
  const std::uint64_t count = *most - *least + 1;  // 0: all there are
  return *least + (count == 0 ? random.next() : random.next() % count);
}

// The text with a number in each {random:a:b}; the numbers are added to `numbers`.
std::string filled(std::string_view text, RandomStream& random, std::vector<std::string>& numbers) {
  std::string out;
  while (true) {
    const std::size_t start = text.find(opening);
    const std::size_t end = text.find('}', start);
    if (start == text.npos || end == text.npos) return out.append(text);
    const std::size_t range = start + opening.size();
    const auto number = number_from(text.substr(range, end - range), random);
    out.append(text.substr(0, start));
    if (number) out.append(numbers.emplace_back(std::to_string(*number)));
    if (!number) out.append(text.substr(start, end + 1 - start));
    text.remove_prefix(end + 1);
  }
}

// The text with the numbers in the places {1}, {2}, ...
std::string with_numbers(std::string text, const std::vector<std::string>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string place = "{" + std::to_string(i + 1) + "}";
    for (std::size_t at = text.find(place); at != text.npos; at = text.find(place, at)) {
      text.replace(at, place.size(), numbers[i]);
      at += numbers[i].size();
    }
  }
  return text;
}

}  // namespace

load::Request templated_request(const WorkloadPart& part) {
  load::Request request{part.method, part.path, {}, part.body};
  if (!part.content_type.empty()) request.headers.emplace_back("Content-Type", part.content_type);
  return request;
}

DrawnRequest drawn_request(const WorkloadPart& part, RandomStream& random) {
  DrawnRequest drawn{templated_request(part), part.reply};
  std::vector<std::string> numbers;
  drawn.request.target = filled(part.path, random, numbers);
  drawn.request.body = filled(part.body, random, numbers);
  for (std::string& text : drawn.reply.texts) text = with_numbers(std::move(text), numbers);
  if (part.reply.is_echo) drawn.reply.texts = {drawn.request.body};
  drawn.reply.is_echo = false;
  return drawn;
}

}  // namespace assay::lab
