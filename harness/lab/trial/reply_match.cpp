#include "harness/lab/trial/reply_match.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/trial/server_process.h"
#include "harness/load/reply/body_rule.h"

namespace assay::lab {
namespace {

using load::BodyRule;

constexpr std::string_view any_number = "{digits}";

bool has_numbers(std::string_view text) { return text.find(any_number) != text.npos; }

bool is_json(const std::string& media_type) {
  return media_type == "application/json" || media_type.ends_with("+json");
}

bool is_text(const std::string& body, const std::string& text) {
  if (!has_numbers(text)) return body == text;
  const auto rule = BodyRule::pattern(text);
  return rule && rule->accepts(body);
}

bool is_same_json(const std::string& body, const std::string& text) {
  if (has_numbers(text)) return false;
  const auto rule = BodyRule::json(text);
  return rule && rule->accepts(body);
}

std::string excerpt(const std::string& body, std::size_t from) {
  const std::size_t start = from > 20 ? from - 20 : 0;
  return fmt::format("{}{}{}", start > 0 ? "..." : "", printable(body.substr(start, 60)),
                     body.size() > start + 60 ? "..." : "");
}

std::string body_difference(const std::string& body, const std::string& expected) {
  const auto at = std::mismatch(body.begin(), body.end(), expected.begin(), expected.end());
  const auto offset = static_cast<std::size_t>(at.first - body.begin());
  return fmt::format(
      "a body of {} bytes that differs at byte {} from the {} expected: [{}] for [{}]", body.size(),
      offset, expected.size(), excerpt(body, offset), excerpt(expected, offset));
}

std::string media_type_of(const load::Reply& reply) {
  const std::string type = reply.content_type.substr(0, reply.content_type.find(';'));
  return type.substr(0, type.find_last_not_of(" \t") + 1);
}

std::string head_difference(const ReplyRule& rule, const load::Reply& reply) {
  const auto& statuses = rule.statuses;
  if (std::find(statuses.begin(), statuses.end(), reply.status) == statuses.end()) {
    return fmt::format("status {} where {} is expected, with the body [{}]", reply.status,
                       fmt::join(statuses, " or "), excerpt(reply.body, 0));
  }
  if (!rule.media_type.empty() && media_type_of(reply) != rule.media_type) {
    return fmt::format("content type \"{}\" where {} is expected", printable(reply.content_type),
                       rule.media_type);
  }
  return {};
}

// {1} and {2} are other numbers in each request: to the load generator they are any.
std::string with_any_numbers(std::string text) {
  for (char digit = '1'; digit <= '9'; ++digit) {
    const std::string place{'{', digit, '}'};
    for (std::size_t at = text.find(place); at != text.npos; at = text.find(place, at)) {
      text.replace(at, place.size(), any_number);
    }
  }
  return text;
}

std::shared_ptr<const BodyRule> shared(const load::Result<BodyRule>& rule) {
  return rule ? std::make_shared<const BodyRule>(*rule) : nullptr;
}

}  // namespace

std::string ReplyMatch::unequal_bytes() const {
  const std::size_t apart = std::max(bytes, expected_bytes) - std::min(bytes, expected_bytes);
  if (apart * 100 <= expected_bytes) return {};
  return fmt::format("{} bytes where {} are expected, equal as JSON", bytes, expected_bytes);
}

ReplyMatch match(const ReplyRule& rule, const load::Reply& reply) {
  ReplyMatch found;
  found.bytes = found.expected_bytes = reply.body.size();
  found.difference = head_difference(rule, reply);
  if (!found.is_right()) return found;
  found.is_exact = true;
  if (rule.texts.empty()) return found;
  const auto one_is = [&](auto&& is) {
    return std::any_of(rule.texts.begin(), rule.texts.end(),
                       [&](const std::string& text) { return is(reply.body, text); });
  };
  if (one_is(is_text)) return found;
  found.is_exact = false;
  found.expected_bytes = rule.texts.front().size();
  if (is_json(rule.media_type) && one_is(is_same_json)) return found;
  found.difference = body_difference(reply.body, rule.texts.front());
  return found;
}

load::Expectation expectation_of(const WorkloadPart& part, bool is_exact) {
  const ReplyRule& rule = part.reply;
  load::Expectation expectation;
  expectation.status = rule.statuses.front();
  expectation.other_statuses = {rule.statuses.begin() + 1, rule.statuses.end()};
  if (!rule.media_type.empty()) expectation.media_type = rule.media_type;
  if (rule.texts.empty()) return expectation;
  std::vector<std::string> texts = rule.texts;
  std::transform(texts.begin(), texts.end(), texts.begin(), with_any_numbers);
  const bool varies = texts.size() > 1 || has_numbers(texts.front());
  if (varies) {
    expectation.rule = shared(BodyRule::pattern(fmt::format("{}", fmt::join(texts, "{or}"))));
  } else if (is_exact || !is_json(rule.media_type)) {
    expectation.body = texts.front();
  } else {
    expectation.rule = shared(BodyRule::json(texts.front()));
  }
  return expectation;
}

}  // namespace assay::lab
